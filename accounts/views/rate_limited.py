"""A form that has been tried too often answers 429, with its page and the reason on it."""

from typing import TYPE_CHECKING, Any

from django.forms import BaseForm
from django.http import HttpResponse

from ..rate_limits import TOO_MANY, Limit, too_many

if TYPE_CHECKING:
    from django.views.generic import FormView

    _View = FormView[Any]
else:
    _View = object


class LimitedForm(_View):
    """Turns an error of the code TOO_MANY into the status 429. Name it before the view's base."""

    def count_try(self, form: BaseForm, limit: Limit, sentence: str, key: str = "") -> bool:
        """Count a try, or answer False if there is none left: then the form says so.

        sentence: what it says, with {wait} for the waiting time. key: as for Limit.take.
        """
        if limit.take(self.request, key):
            return True
        form.add_error(None, too_many(sentence, limit.seconds_left(self.request, key)))
        return False

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        response = super().form_invalid(form)
        for errors in form.errors.as_data().values():
            for error in errors:
                if error.code == TOO_MANY:
                    response.status_code = 429
                    response["Retry-After"] = str((error.params or {}).get("seconds", 60))
        return response
