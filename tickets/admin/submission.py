"""A ticket somebody asked for by telephone or at the desk, written down by an admin."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.errors import AccountError, HasAccount
from accounts.forms import AddressField
from accounts.inviting import invitation_address, too_many_invitations
from accounts.models import Invitation, User
from accounts.validators import validate_name
from helpdesk.console.base import ConsolePage
from helpdesk.web.form_recovery import author_field, give_back
from helpdesk.web.sent_once import sent_once

from ..errors import TicketError
from ..forms import BringsFiles, TitleField, WordsField
from ..models import RequestType, Ticket
from ..text.validators import DESCRIPTION_RULES
from ..uploads.form_keys import new_key
from ..uploads.pending import REMOVE, WaitingFiles
from .requesters import meant_requesters, open_tickets_of, require_desk, the_one_meant

MOST_NAMES = 5
# What is typed of somebody who has no account.
NEW_PERSON = ("first_name", "last_name", "email")


class ColleagueField(forms.ModelChoiceField):
    """Anybody who may work tickets, oneself first."""

    me: User | None = None

    def offer_to(self, me: User) -> None:
        self.me = me
        first = Case(When(pk=me.pk, then=Value(0)), default=Value(1))
        self.queryset = User.objects.who_can_work_tickets().order_by(first, "last_name", "first_name", "pk")

    def label_from_instance(self, obj: Any) -> str:
        return gettext("%(name)s (you)") % {"name": obj} if obj == self.me else str(obj)


class SubmissionForm(BringsFiles):
    """person: whose ticket it is to be, once the form is valid; None for somebody new."""

    person: User | None = None
    requester = forms.CharField(
        max_length=254,
        label=_("Requester"),
        help_text=_("A name, an address, or the number of a ticket of theirs."),
        error_messages={"required": _("Say whose ticket this is.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    new_person = forms.BooleanField(required=False, label=_("New person"))
    first_name = forms.CharField(max_length=150, label=_("First name"), validators=[validate_name])
    last_name = forms.CharField(max_length=150, label=_("Surname"), validators=[validate_name])
    email = AddressField(max_length=254, label=_("Email"))
    title = TitleField(label=_("Title"))
    request_type = forms.ModelChoiceField(
        queryset=RequestType.objects.filter(is_active=True),
        label=_("Request type"),
        empty_label=_("Choose one"),
    )
    description = WordsField(label=_("Description"), rows=6, validators=DESCRIPTION_RULES)
    assignee = ColleagueField(
        queryset=User.objects.none(),
        required=False,
        label=_("Assignee"),
        empty_label=_("Nobody"),
        error_messages={"invalid_choice": _("This person does not work tickets. Choose somebody else.")},
    )
    # Names this copy of the form, and where its files wait; the page draws it.
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.initial.setdefault("token", uuid.uuid4())
        assignee = self.fields["assignee"]
        assert isinstance(assignee, ColleagueField)  # noqa: S101, for the type checker
        assignee.offer_to(by)
        for name in NEW_PERSON:
            self.fields[name].required = self.is_for_somebody_new
            self.fields[name].widget.attrs["autocomplete"] = "off"
        # Where one begins, once somebody is on the phone.
        begins = "title" if self.initial.get("requester") else "requester"
        self.fields[begins].widget.attrs["data-focus"] = True
        self.fields["requester"].required = not self.is_for_somebody_new
        if not self.may_invite:
            for name in ("new_person", *NEW_PERSON):
                del self.fields[name]

    # -- questions ---------------------------------------------------------------------------
    @property
    def may_invite(self) -> bool:
        """Say whether who types may make an account for somebody."""
        return self.by.has_perm("accounts.change_user")

    @property
    def is_for_somebody_new(self) -> bool:
        """Say whether it is for somebody without an account. Without script there may be no tick, just their fields."""
        if not self.may_invite:
            return False
        typed = {name: str(self.data.get(name, "")).strip() for name in ("requester", *NEW_PERSON)}
        is_typed = not typed.pop("requester") and any(typed.values())
        return bool(self.data.get("new_person")) or is_typed

    def new_person_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in NEW_PERSON]

    def other_fields(self) -> list[forms.BoundField]:
        """What is asked of any ticket, beside its requester."""
        apart = ("requester", "new_person", *NEW_PERSON)
        return [field for field in self.visible_fields() if field.name not in apart]

    # -- what was typed ----------------------------------------------------------------------
    def clean_requester(self) -> str:
        """Find the one active person meant."""
        text: str = self.cleaned_data["requester"].strip()
        if self.is_for_somebody_new:
            return text
        found = meant_requesters(text, user=self.by).order_by("last_name", "first_name", "pk")
        people = list(found[: MOST_NAMES + 1])
        if len(people) == 1:
            self.person = people[0]
            return text
        if people:
            named = ", ".join(f"{person} ({person.email})" for person in people[:MOST_NAMES])
            raise ValidationError(
                gettext("Several people could be meant: %(people)s. Type the address."),
                params={"people": named},
            )
        if self.may_invite:
            raise ValidationError(
                gettext(
                    "Nobody with an active account has this name, address or ticket. "
                    "Correct it, or tick “New person”."
                )
            )
        raise ValidationError(gettext("Nobody with an active account has this name, address or ticket."))

    def clean_email(self) -> str:
        """Find whose address this is already, if it is somebody's."""
        email: str = self.cleaned_data["email"]
        if self.is_for_somebody_new and email:
            self.person = User.objects.filter(email=email).first()
            if self.person is not None and not self.person.is_active:
                raise ValidationError(
                    gettext("The account with this address is deactivated. Activate it first.")
                )
        return email


class SubmissionPage(ConsolePage):
    template_name = "admin/tickets/ticket/add_form.html"
    recovers_form = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require_desk(self.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = give_back(request)
        initial = {"requester": request.GET.get("requester", "")[:254]}
        return self.show(self.get_form(typed) if typed else self.get_form(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.get_form(request.POST)
        if REMOVE in request.POST:
            form.lay_aside()
            return self.show(form)
        if not form.is_valid():
            return self.show(form)
        is_new = form.is_for_somebody_new and form.person is None
        if is_new and (refusal := too_many_invitations(request, form.cleaned_data["email"])):
            form.add_error("email", refusal)
            return self.show(form, status=429)
        try:
            with transaction.atomic(), sent_once(request) as sending:
                ticket = self.submit(form)
                sending.leads_to(self.page_of(ticket))
        except HasAccount as refusal:
            form.add_error("email", str(refusal))
            return self.show(form, status=409)
        except (TicketError, AccountError) as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=409)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self.show(form)
        self.report(ticket, form, is_new=is_new)
        return self.page_of(ticket)

    def get_form(self, data: Any = None, **kwargs: Any) -> SubmissionForm:
        form = SubmissionForm(data, by=self.user, **kwargs)
        try:
            token = uuid.UUID(str(form["token"].value()))
        except ValueError:
            # What comes with such a form still gets its error, or goes with the ticket.
            token = uuid.uuid4()
        files = WaitingFiles(self.user, new_key(token))
        files.take_in(self.request)
        form.bring(files, sent=files)
        return form

    @staticmethod
    def page_of(ticket: Ticket) -> HttpResponse:
        return redirect("admin:tickets_ticket_change", ticket.pk)

    def submit(self, form: SubmissionForm) -> Ticket:
        typed = form.cleaned_data
        requester = form.person or Invitation.objects.invite_caller(
            **{name: typed[name] for name in NEW_PERSON}, by=self.user, address_of=invitation_address
        )
        words = {name: typed[name] for name in ("title", "request_type", "description")}
        files = form.sent.uploads if form.sent else ()
        ticket = Ticket.submit(**words, requester=requester, by=self.user, files=files)
        if typed["assignee"] is not None:
            ticket.assign(typed["assignee"], by=self.user)
        return ticket

    def report(self, ticket: Ticket, form: SubmissionForm, *, is_new: bool) -> None:
        """Say what was done, and for whom where that is not what was typed.

        is_new: whether the requester has an account since now.
        """
        told = {
            "ticket": ticket.reference,
            "requester": ticket.requester,
            "email": ticket.requester.email,
        }
        if is_new:
            text = gettext(
                "%(ticket)s is opened for %(requester)s, who has an account now. "
                "%(email)s is invited to choose a password."
            )
        elif form.is_for_somebody_new:
            text = gettext("%(email)s has an account already: %(ticket)s was opened for %(requester)s.")
        else:
            text = gettext("%(ticket)s was opened for %(requester)s.")
        messages.success(self.request, text % told)

    def show(self, form: SubmissionForm, *, status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            title=gettext("New ticket"),
            form=form,
            author_field=author_field(self.user),
            **self.caller(form),
        )
        return self.render_to_response(context, status=status)

    def caller(self, form: SubmissionForm) -> dict[str, object]:
        """Answer who is meant so far, with their open tickets; nothing while it is not one person."""
        if form.is_bound:
            person = None if "requester" in form.errors else form.person
        else:
            person = the_one_meant(str(form["requester"].value() or ""), user=self.user)
        return open_tickets_of(person, user=self.user) if person else {}
