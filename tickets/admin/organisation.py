"""Name, logo and colour of the organisation, and what the foot of the portal says."""

import tempfile
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.console.base import ConsoleAdmin, ConsolePage
from helpdesk.web.sent_once import sent_once

from ..errors import NotAllowed
from ..files.content_types import HEAD, type_of
from ..files.previews import TYPES, NoPreview, written_anew
from ..models import Organisation

MOST_LOGO_MEGABYTES = 2
# Pixels: shown 32 high and four times as wide at most, on screens of two and a half to a point.
LOGO_SIDE = 320


class OrganisationForm(forms.ModelForm):
    new_logo = forms.FileField(
        required=False,
        label=gettext_lazy("Logo"),
        help_text=gettext_lazy("PNG, JPEG, GIF or WebP. It is shown 32 pixels high beside the name."),
        widget=forms.FileInput(attrs={"accept": ",".join(TYPES)}),
    )
    remove_logo = forms.BooleanField(required=False, label=gettext_lazy("Remove the logo"))

    class Meta:
        model = Organisation
        fields = ("name", "colour", "contact", "hours")
        widgets = {
            "colour": forms.TextInput(attrs={"placeholder": "#0b6470", "spellcheck": "false"}),
            "contact": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "hours": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }

    def clean_colour(self) -> str:
        return self.cleaned_data["colour"].strip().lower()

    def clean_new_logo(self) -> bytes | None:
        """Answer the picture written anew, as previews are: what was sent is never shown."""
        sent: UploadedFile | None = self.cleaned_data["new_logo"]
        if sent is None:
            return None
        if (sent.size or 0) > MOST_LOGO_MEGABYTES * 1024 * 1024:
            message = _("The picture is too large: it may have at most %(most)s MB.")
            raise forms.ValidationError(message, params={"most": MOST_LOGO_MEGABYTES})
        found = type_of(sent.read(HEAD))
        if found not in TYPES:
            raise forms.ValidationError(
                _("This is not a picture we can show. Choose a PNG, JPEG, GIF or WebP.")
            )
        with tempfile.TemporaryFile() as file:
            sent.seek(0)
            for chunk in sent.chunks():
                file.write(chunk)
            file.seek(0)
            try:
                return written_anew(file, found, "PNG", LOGO_SIDE)
            except NoPreview:
                raise forms.ValidationError(
                    _("The picture cannot be read. Save it again, or choose another.")
                ) from None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # So that it is known which of them somebody changed, and which others did meanwhile.
        for name in self.Meta.fields:
            self.fields[name].show_hidden_initial = True

    @property
    def changed_fields(self) -> list[str]:
        """Name what was changed, as Organisation.FIELDS does."""
        has_logo = {"new_logo", "remove_logo"} & set(self.changed_data)
        return [
            *(name for name in self.Meta.fields if name in self.changed_data),
            *(["logo"] if has_logo else []),
        ]

    def save(self, commit: bool = True) -> Organisation:
        """Put the logo to the rest. Nothing is written: `revise` does that."""
        if self.cleaned_data["new_logo"]:
            self.instance.logo = self.cleaned_data["new_logo"]
        elif self.cleaned_data["remove_logo"]:
            self.instance.logo = None
        return self.instance


class OrganisationPage(ConsolePage):
    template_name = "admin/tickets/organisation/change_form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(OrganisationForm(instance=Organisation.current()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = OrganisationForm(request.POST, request.FILES, instance=Organisation.current())
        # A picture is decoded here, before anything is locked.
        if not form.is_valid():
            return self.show(form)
        organisation, answer = form.save(), redirect("admin:tickets_organisation_changelist")
        try:
            with sent_once(request, answer):
                organisation.revise(by=self.user, only=form.changed_fields)
        except NotAllowed as refusal:
            raise PermissionDenied from refusal
        messages.success(request, _("The changes are saved."))
        return answer

    def show(self, form: OrganisationForm) -> HttpResponse:
        # What was typed may be refused; the frame around it keeps what there is.
        return self.render_to_response(self.get_context_data(title=_("Organisation"), form=form))


@admin.register(Organisation)
class OrganisationAdmin(ConsoleAdmin):
    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("tickets.change_organisation")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(OrganisationPage.as_view(model_admin=self))
        return [path("", page, name="tickets_organisation_changelist")]
