"""Everything that can happen to a ticket. A new kind is one entry here, and a template if a sentence is not enough."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import wording
from .reasons import WORKERS, NotificationKind, Reason, all_as
from .registry import Answers, EventKind, event_kinds


class Kind:
    """The kinds of events by name: `Kind.REPLIED`."""

    SUBMITTED = event_kinds.register(
        EventKind(
            "submitted",
            _("Submitted"),
            wording.submitted,
            template_name="tickets/events/_submitted.html",
            icon="inbox",
            recipients={
                Reason.REQUESTER: NotificationKind.OPENED,
                Reason.UNASSIGNED: NotificationKind.NEW_TICKET,
            },
        )
    )
    EDITED = event_kinds.register(
        EventKind(
            "edited",
            _("Edited"),
            wording.edited,
            template_name="tickets/events/_edited.html",
            icon="edit",
            recipients=all_as(NotificationKind.CHANGED),
        )
    )
    ASSIGNED = event_kinds.register(
        EventKind(
            "assigned",
            _("Assigned"),
            wording.assigned,
            template_name="tickets/events/_assigned.html",
            icon="user",
            recipients={
                Reason.ASSIGNEE: NotificationKind.ASSIGNED,
                Reason.FORMER_ASSIGNEE: NotificationKind.ASSIGNED,
                Reason.REQUESTER: NotificationKind.STATUS,
                Reason.WATCHER: NotificationKind.STATUS,
                Reason.UNASSIGNED: NotificationKind.NEW_TICKET,
            },
        )
    )
    STARTED = event_kinds.register(
        EventKind(
            "started",
            _("Started"),
            _("%(actor)s started work on this ticket."),
            template_name="tickets/events/_started.html",
            icon="s-in_progress",
            recipients=all_as(NotificationKind.STATUS),
        )
    )
    HELD = event_kinds.register(
        EventKind(
            "held",
            _("Put on hold"),
            wording.held,
            template_name="tickets/events/_held.html",
            icon="s-on_hold",
            answers=Answers.WITH_WORDS,
            recipients=all_as(NotificationKind.STATUS),
        )
    )
    RESOLVED = event_kinds.register(
        EventKind(
            "resolved",
            pgettext_lazy("what happened to a ticket", "Resolved"),
            _("%(actor)s resolved this ticket."),
            phrase=pgettext_lazy("what somebody did", "resolved this ticket"),
            icon="s-resolved",
            answers=Answers.ALWAYS,
            recipients=all_as(NotificationKind.RESOLVED),
        )
    )
    CLOSED = event_kinds.register(
        EventKind(
            "closed",
            pgettext_lazy("what happened to a ticket", "Closed"),
            _("%(actor)s closed this ticket."),
            phrase=pgettext_lazy("what somebody did", "closed this ticket"),
            icon="s-closed",
            recipients=all_as(NotificationKind.STATUS),
        )
    )
    REOPENED = event_kinds.register(
        EventKind(
            "reopened",
            _("Reopened"),
            _("%(actor)s reopened this ticket."),
            phrase=pgettext_lazy("what somebody did", "reopened this ticket"),
            answers=Answers.WITH_WORDS,
            recipients={
                **all_as(NotificationKind.STATUS),
                Reason.UNASSIGNED: NotificationKind.NEW_TICKET,
            },
        )
    )
    WITHDRAWN = event_kinds.register(
        EventKind(
            "withdrawn",
            _("Withdrawn"),
            _("%(actor)s withdrew this ticket."),
            phrase=pgettext_lazy("what somebody did", "withdrew this ticket"),
            icon="x",
            recipients=all_as(NotificationKind.STATUS),
        )
    )
    RATED = event_kinds.register(
        EventKind(
            "rated",
            _("Rated"),
            wording.rated,
            template_name="tickets/events/_rated.html",
            icon="star",
            recipients=all_as(NotificationKind.RATED, (Reason.RESOLVER, *WORKERS)),
        )
    )
    TRASHED = event_kinds.register(
        EventKind(
            "trashed",
            _("Moved to trash"),
            _("%(actor)s moved this ticket to the trash."),
            phrase=pgettext_lazy("what somebody did", "moved this ticket to the trash"),
            icon="trash",
            is_internal=True,
            requester_code="gone",
            recipients=all_as(NotificationKind.STATUS, WORKERS),
        )
    )
    RESTORED = event_kinds.register(
        EventKind(
            "restored",
            _("Restored"),
            _("%(actor)s restored this ticket from the trash."),
            phrase=pgettext_lazy("what somebody did", "restored this ticket from the trash"),
            is_internal=True,
            requester_code="restored",
            recipients=all_as(NotificationKind.STATUS, WORKERS),
        )
    )
    REPLIED = event_kinds.register(
        EventKind(
            "replied",
            _("Replied"),
            wording.replied,
            template_name="tickets/events/_replied.html",
            icon="msg",
            answers=Answers.ALWAYS,
            recipients={
                **all_as(NotificationKind.REPLIED),
                Reason.UNASSIGNED: NotificationKind.NEW_TICKET,
            },
            is_told_by_changes=True,
        )
    )
    NOTED = event_kinds.register(
        EventKind(
            "noted",
            _("Internal note"),
            _("%(actor)s wrote an internal note."),
            phrase=pgettext_lazy("what somebody did", "wrote an internal note"),
            icon="lock",
            is_internal=True,
            recipients={
                Reason.MENTIONED: NotificationKind.MENTIONED,
                **all_as(NotificationKind.NOTED, WORKERS),
            },
        )
    )
    CHANGED = event_kinds.register(
        EventKind(
            "changed",
            _("Properties changed"),
            wording.changed,
            template_name="tickets/events/_changed.html",
            # Each thing that changed has recipients of its own.
            is_told_by_changes=True,
        )
    )
    # Nobody but the audit has use for these two.
    REDACTED = event_kinds.register(
        EventKind(
            "redacted",
            _("Words removed"),
            _("%(actor)s removed words from the history."),
            phrase=pgettext_lazy("what somebody did", "removed words from the history"),
            is_internal=True,
        )
    )
    PURGED = event_kinds.register(
        EventKind(
            "purged",
            _("Purged"),
            _("%(actor)s removed this ticket for good."),
            phrase=pgettext_lazy("what somebody did", "removed this ticket for good"),
            is_internal=True,
            requester_code="gone",
        )
    )
