"""The site's front door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views import View


class HomeView(View):
    """Send each person to where their work is: users to the portal, admins to the console."""

    def get(self, request: HttpRequest) -> HttpResponse:
        is_admin = request.user.is_authenticated and request.user.is_admin
        return redirect("admin:index" if is_admin else "dashboard")
