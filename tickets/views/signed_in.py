"""Every page of the portal is for somebody who is signed in: the middleware sees to it."""

from typing import cast

from django.http import HttpRequest

from accounts.models import User


class SignedInMixin:
    request: HttpRequest

    @property
    def user(self) -> User:
        return cast(User, self.request.user)
