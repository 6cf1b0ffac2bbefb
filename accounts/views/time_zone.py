"""The answer to the question whether times are to be shown in the browser's time zone."""

from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.generic import View

from ..models import User
from ..time_zones import zones


class TimeZoneAnswerForm(forms.Form):
    """time_zone: the browser's, with "yes"."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    time_zone = forms.CharField(required=False, max_length=64)

    def clean(self) -> None:
        typed = self.cleaned_data
        if typed.get("answer") == "yes" and typed.get("time_zone") not in zones():
            self.add_error("time_zone", forms.ValidationError("", code="unknown"))


class TimeZoneAnswerView(View):
    """Takes the answer by POST from static/js/time_zone_offer.js; either is remembered."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        form = TimeZoneAnswerForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        user = cast(User, request.user)
        if form.cleaned_data["answer"] == "yes":
            user.choose_time_zone(form.cleaned_data["time_zone"])
        else:
            user.keep_time_zone()
        return JsonResponse({})
