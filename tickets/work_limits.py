"""How much one person may send in an hour: more than anybody types, less than a script, as each is told to many."""

from django.utils.translation import gettext_lazy as _

from accounts.rate_limits import Limit

TICKETS = Limit("tickets", "60/h/key")
REPLIES = Limit("replies", "120/h/key")
EDITS = Limit("edits", "120/h/key")
UPLOADS = Limit("uploads", "600/h/key")
TOO_MANY_TICKETS = _("You have sent too many tickets in the last hour. Please try again in {wait}.")
TOO_MANY_REPLIES = _("You have sent too many replies in the last hour. Please try again in {wait}.")
TOO_MANY_EDITS = _("You have changed your tickets too often in the last hour. Please try again in {wait}.")
TOO_MANY_UPLOADS = _(
    "“{name}” was not uploaded: you have sent too many files in the last hour. Please try again in {wait}."
)
