"""A worker made to be killed: it counts as dead soon. `python -m tickets.benchmarks.crashing_worker`"""

import os
from datetime import timedelta

import django

BEAT, LEASE = timedelta(seconds=0.5), timedelta(seconds=5)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
    django.setup()
    from helpdesk.tasks.worker import Worker

    worker = Worker(interval=0.1, periodic_jobs=False, beat=BEAT, lease=LEASE)
    worker.configure_signals()
    worker.run()


if __name__ == "__main__":
    main()
