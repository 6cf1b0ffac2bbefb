"""What every page that invites somebody has to do besides: write the link, and count the mails."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from helpdesk.mail.links import absolute

from .rate_limits import INVITATIONS, INVITED_ADDRESS, in_words


def invitation_address(token: str) -> str:
    """Write the link that leads to an invitation. token: in the mail alone."""
    return absolute(reverse("invitation", args=[token]))


def too_many_invitations(request: HttpRequest, email: str) -> str:
    """Count one mail of who asks, and to an address; say so if it is one too many, else answer nothing."""
    for limit, key in ((INVITATIONS, str(request.user.pk)), (INVITED_ADDRESS, email)):
        if not limit.take(request, key):
            seconds = limit.seconds_left(request, key)
            return gettext("Too many invitations were sent. Please try again in {wait}.").format(
                wait=in_words(seconds)
            )
    return ""
