"""PostgreSQL's word, at each commit, that something has changed: triggers that tell live/change_feed.py."""

from django.db.backends.base.base import BaseDatabaseWrapper

from helpdesk.db.triggers import Trigger

CHANNEL = "helpdesk"
# Table -> after what is told, and the column whose values are told; "" tells the table alone. Of an event its
# id is told: ids become visible in another order than they are given, so nobody could look for those above
# the last.
TOLD = {
    "tickets_ticketevent": ("INSERT", "id"),
    "tickets_notification": ("INSERT OR UPDATE OF read_at", "person_id"),
    "tickets_presence": ("INSERT OR UPDATE OR DELETE", ""),
    "django_session": ("DELETE", ""),
    "accounts_user": ("UPDATE", ""),
    "accounts_user_groups": ("INSERT OR DELETE", ""),
    "accounts_user_user_permissions": ("INSERT OR DELETE", ""),
    "auth_group_permissions": ("INSERT OR DELETE", ""),
}
TELL = f"""
CREATE OR REPLACE FUNCTION helpdesk_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_LEVEL = 'ROW' THEN
        PERFORM pg_notify('{CHANNEL}', TG_TABLE_NAME || ' ' || (to_jsonb(NEW) ->> TG_ARGV[0]));
    ELSE
        PERFORM pg_notify('{CHANNEL}', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$
"""


def notify_triggers(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """For helpdesk.db.triggers.declare. None for SQLite, which knows no such thing."""
    if connection.vendor != "postgresql":
        return []
    return [_tells(table, *told) for table, told in TOLD.items()]


def _tells(table: str, actions: str, column: str) -> Trigger:
    each, arguments = ("ROW", f"'{column}'") if column else ("STATEMENT", "")
    name = f"{table}_tells"
    sql = (
        f"CREATE TRIGGER {name} AFTER {actions} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION helpdesk_tell({arguments})"
    )
    return Trigger(name, table, sql, TELL)
