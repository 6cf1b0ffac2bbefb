"""What filters of tickets have in common."""

from typing import ClassVar

import django_filters
from django import forms


class TicketFilter(django_filters.FilterSet):
    """Its form is put together once for each kind of filter; each filter then has a copy of the fields."""

    _form_classes: ClassVar[dict[type, type[forms.Form]]] = {}

    def get_form_class(self) -> type[forms.Form]:
        kind = type(self)
        if kind not in self._form_classes:
            self._form_classes[kind] = super().get_form_class()
        return self._form_classes[kind]
