"""What the audit says of accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountEventKind(models.TextChoices):
    CREATED = "created", _("Account created")
    INVITED = "invited", _("Invited")
    INVITE_ACCEPTED = "invite_accepted", _("Invitation accepted")
    INVITE_WITHDRAWN = "invite_withdrawn", _("Invitation withdrawn")
    ROLE_SET = "role_set", _("Role changed")
    REQUEST_GRANTED = "request_granted", _("Admin request granted")
    REQUEST_REFUSED = "request_refused", _("Admin request refused")
    RENAMED = "renamed", _("Name changed")
    EMAIL_CHANGED = "email_changed", _("Email changed")
    DEACTIVATED = "deactivated", _("Deactivated")
    ACTIVATED = "activated", _("Reactivated")
    DELETED = "deleted", _("Deleted")
