"""One's own name, and what the help desk knows besides."""

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.generic import UpdateView

from helpdesk.web.form_recovery import FormRecoveryMixin

from ..forms import ProfileForm
from ..models import User


class ProfileView(FormRecoveryMixin, UpdateView):
    form_class = ProfileForm
    template_name = "accounts/profile.html"
    # Not "user": what is typed but refused must not show in the page's own bar.
    context_object_name = "person"

    def get_object(self, queryset: QuerySet[User] | None = None) -> User:
        return User.objects.get(pk=self.request.user.pk)

    def form_valid(self, form: BaseModelForm) -> HttpResponse:
        self.object.rename(**form.cleaned_data, by=self.object)
        messages.success(self.request, "Your name was saved.")
        return redirect("profile")
