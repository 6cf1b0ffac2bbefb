"""How long the console's pages take with a full help desk: `manage.py benchmark`."""
