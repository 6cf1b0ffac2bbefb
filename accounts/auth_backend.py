"""Signs people in, and reads what they may do."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission

NAMES = ("content_type__app_label", "codename")


class Backend(AuthenticationBackend):
    """allauth's, with the permissions of a person and of their groups in one query: every page asks."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            every = Permission.objects.order_by()
            if not user_obj.is_superuser:
                own, of_groups = every.filter(user=user_obj), every.filter(group__user=user_obj)
                names = own.values_list(*NAMES).union(of_groups.values_list(*NAMES))
            else:
                names = every.values_list(*NAMES)
            user_obj._perm_cache = {f"{app}.{codename}" for app, codename in names}
        return user_obj._perm_cache
