"""The site's front door."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views import View

from accounts.models import User


class HomeView(View):
    """Send each person to where their work is: users to the portal, admins to the console."""

    def get(self, request: HttpRequest) -> HttpResponse:
        # Guests do not come here: every page asks for sign-in unless it says otherwise.
        user = cast(User, request.user)
        return redirect("admin:index" if user.is_admin else "dashboard")
