"""The sentences of the scripts, for pages in another language than the one they are written in."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import last_modified
from django.views.i18n import JavaScriptCatalog

# What translates them comes with the code, so it is as old as this process at most.
_started_at = timezone.now()


def _read_at(request: HttpRequest) -> datetime:
    return _started_at


@method_decorator(
    [login_not_required, cache_control(private=True, no_cache=True), last_modified(_read_at)], name="dispatch"
)
class LanguageView(JavaScriptCatalog):
    """What static/js/gettext.js reads. A browser asks each time whether it has changed."""

    # Scripts lie in one folder, whatever application they serve; so does what translates them.
    packages = ["helpdesk"]
