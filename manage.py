#!/usr/bin/env python
"""Every operator's action starts here: `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018, reads the settings
    except ImproperlyConfigured as error:
        # An operator's mistake: the sentence is enough.
        sys.exit(str(error))

    from django.db import Error, connection

    from helpdesk.db.outages import in_one_line, is_outage
    from helpdesk.db.upgrades import place_of

    try:
        execute_from_command_line(sys.argv)
    except Error as error:
        if not is_outage(error) or "--traceback" in sys.argv:
            raise
        sys.exit(f"The database {place_of(connection)} cannot be used: {in_one_line(error)}")


if __name__ == "__main__":
    main()
