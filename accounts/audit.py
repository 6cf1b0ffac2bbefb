"""What the audit says of accounts."""

from django.db import models


class AccountEventKind(models.TextChoices):
    CREATED = "created", "Account made"
    INVITED = "invited", "Invited"
    INVITE_WITHDRAWN = "invite_withdrawn", "Invitation withdrawn"
    ROLE_SET = "role_set", "Role changed"
    REQUEST_GRANTED = "request_granted", "Admin request granted"
    REQUEST_REFUSED = "request_refused", "Admin request refused"
    RENAMED = "renamed", "Name changed"
    EMAIL_CHANGED = "email_changed", "Email changed"
    DEACTIVATED = "deactivated", "Deactivated"
    ACTIVATED = "activated", "Activated again"
    DELETED = "deleted", "Deleted"
