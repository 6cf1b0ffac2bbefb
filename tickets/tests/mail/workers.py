"""Several workers that write mail at the same time."""

import threading

from django.db import connection

from tickets.mail.outbound.delivery import send_due_mail

WORKERS = 4


def write_at_once(settings):
    """Let each of WORKERS write the mail that is due, all beginning at once, and wait for them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    start = threading.Barrier(WORKERS)

    def work():
        start.wait()
        send_due_mail()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
