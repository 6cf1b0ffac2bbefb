"""What an installation without tickets is led through, at the head of the dashboard, until somebody dismisses it."""

from typing import Any, NamedTuple, cast

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.generic.base import View

from accounts.models import Invitation, User
from accounts.rate_limits import TEST_MAILS, in_words
from helpdesk.console.site import ConsoleSite, Gate
from helpdesk.web.sent_once import sent_once

from ..errors import NotAllowed
from ..mail.outbound.trial import ask_for_test_mail
from ..models import Organisation, RequestType

SETS_UP = "tickets.change_organisation"
MAKES_TYPES = "tickets.change_requesttype"


class Step(NamedTuple):
    """One step. code: which one, for the template. link, link_words: the page it leads to. post, post_words: what can
    be done from here; empty without.
    """

    code: str
    title: str
    is_done: bool
    link: str = ""
    link_words: str = ""
    post: str = ""
    post_words: str = ""


def first_steps(request: HttpRequest) -> dict[str, Any] | None:
    """Answer the steps this person may take, for an installation without tickets; None for nothing to lead through.

    At most four queries, one once they are dismissed: the organisation's, which the page then does not ask again.
    """
    organisation = vars(request).setdefault("organisation", Organisation.current())
    if organisation.first_steps_dismissed_at:
        return None
    steps = [step for step in _steps(cast(User, request.user), organisation) if step is not None]
    if not steps:
        return None
    steps.append(Step("portal", _("Try the portal"), False, reverse("ticket_create"), _("Create a ticket")))
    return {
        "steps": steps,
        "done": sum(step.is_done for step in steps),
        "organisation": organisation,
        "may_dismiss": request.user.has_perm(SETS_UP),
    }


def _steps(user: User, organisation: Organisation) -> list[Step | None]:
    """All but the last, which everybody may take; None for one that is not theirs to take."""
    sets_up, types_made = user.has_perm(SETS_UP), user.has_perm(MAKES_TYPES)
    return [
        Step(
            "organisation",
            _("Set name and logo"),
            bool(organisation.name),
            reverse("admin:tickets_organisation_changelist"),
            _("Name and logo"),
        )
        if sets_up
        else None,
        _types(organisation) if types_made else None,
        Step(
            "colleagues",
            _("Invite colleagues"),
            Invitation.objects.exists() or User.objects.active_admins()[:2].count() > 1,
            reverse("admin:accounts_invitation_changelist"),
            _("Invite somebody"),
        )
        if user.has_perm("accounts.change_user")
        else None,
        Step(
            "mail",
            _("Send a test mail"),
            organisation.test_mail_sent_at is not None,
            post=reverse("admin:first_steps_test_mail"),
            post_words=_("Send one to me"),
        )
        if sets_up
        else None,
    ]


def _types(organisation: Organisation) -> Step:
    """Done once one was added or changed in the console, or somebody said that they fit."""
    of_types = ContentType.objects.get_for_model(RequestType)
    approved = organisation.types_approved_at is not None
    is_done = approved or LogEntry.objects.filter(content_type=of_types).exists()
    return Step(
        "types",
        _("Choose request types"),
        is_done,
        reverse("admin:tickets_requesttype_changelist"),
        _("Request types"),
        "" if is_done else reverse("admin:first_steps_types"),
        "" if is_done else _("They fit as they are"),
    )


class FirstStepView(View):
    """A POST to its own address, which leads back to the dashboard."""

    http_method_names = ["post", "options"]
    permission = SETS_UP

    def post(self, request: HttpRequest) -> HttpResponse:
        user = cast(User, request.user)
        if not user.has_perm(self.permission):
            raise PermissionDenied
        answer = redirect("admin:index")
        if text := self.refusal(request):
            messages.error(request, text)
            return answer
        try:
            with sent_once(request, answer):
                done = self.act(user)
        except NotAllowed as refusal:
            raise PermissionDenied from refusal
        messages.success(request, done)
        return answer

    def refusal(self, request: HttpRequest) -> str:
        """Say why not now; empty to go on."""
        return ""

    def act(self, user: User) -> str:
        """Do it. Answers what is said of it."""
        raise NotImplementedError


class DismissView(FirstStepView):
    def act(self, user: User) -> str:
        Organisation.dismiss_first_steps(by=user)
        return _("The first steps are dismissed. The pages they led to stay in the menu.")


class ApproveTypesView(FirstStepView):
    permission = MAKES_TYPES

    def act(self, user: User) -> str:
        Organisation.approve_types()
        return _("Noted: the request types fit as they are.")


class TestMailView(FirstStepView):
    def refusal(self, request: HttpRequest) -> str:
        key = str(request.user.pk)
        if TEST_MAILS.take(request, key):
            return ""
        return _("Too many test mails were sent. Please try again in {wait}.").format(
            wait=in_words(TEST_MAILS.seconds_left(request, key))
        )

    def act(self, user: User) -> str:
        ask_for_test_mail(user)
        return _("A test mail to %(email)s is on its way.") % {"email": user.email}


def pages(gate: Gate) -> list[URLPattern]:
    return [
        path("first-steps/dismiss/", gate(DismissView.as_view()), name="first_steps_dismiss"),
        path("first-steps/request-types/", gate(ApproveTypesView.as_view()), name="first_steps_types"),
        path("first-steps/test-mail/", gate(TestMailView.as_view()), name="first_steps_test_mail"),
    ]


ConsoleSite.add_pages(pages)
