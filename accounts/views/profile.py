"""One's own name and time zone, and what the help desk knows besides."""

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import UpdateView

from helpdesk.web.form_recovery import FormRecoveryMixin
from helpdesk.web.frame import FramedMixin

from ..forms import ProfileForm
from ..models import User


class ProfileView(FramedMixin, FormRecoveryMixin, UpdateView):
    form_class = ProfileForm
    template_name = "accounts/profile.html"
    # Not "user": what is typed but refused must not show in the page's own bar.
    context_object_name = "person"

    def get_object(self, queryset: QuerySet[User] | None = None) -> User:
        return User.objects.get(pk=self.request.user.pk)

    def form_valid(self, form: BaseModelForm) -> HttpResponse:
        zone, names = form.cleaned_data.pop("time_zone"), form.cleaned_data
        if "time_zone" in form.changed_data:
            self.object.choose_time_zone(zone)
            messages.success(self.request, _("Your time zone was saved."))
        if form.changed_data != ["time_zone"]:
            self.object.rename(**names, by=self.object)
            messages.success(self.request, _("Your name was saved."))
        return redirect("profile")
