"""What every page asks for to look like its organisation's: for guests, too, as the sign-in page does."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.generic import View

from ..models import Organisation

# Their names change with what they hold.
FOR_EVER = "public, max-age=31536000, immutable"


@method_decorator(login_not_required, name="dispatch")
class OrganisationStyleView(View):
    """The colours, as a style sheet. digits: of the colour, so that no cache keeps another's."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, digits: str) -> HttpResponse:
        organisation = Organisation.current()
        if organisation.colour != f"#{digits}":
            raise Http404
        return TemplateResponse(
            request,
            "organisation.css",
            {"palette": organisation.palette},
            content_type="text/css; charset=utf-8",
            headers={"Cache-Control": FOR_EVER},
        )


@method_decorator(login_not_required, name="dispatch")
class OrganisationLogoView(View):
    """The logo. digest: of a logo there is or was: a mail names the one of its day."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, digest: str) -> HttpResponse:
        organisation = Organisation.current()
        if not organisation.logo:
            raise Http404
        # A program that shows mail asks from elsewhere.
        headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
        headers["Cache-Control"] = FOR_EVER if digest == organisation.logo_digest else "public, max-age=3600"
        return HttpResponse(bytes(organisation.logo), content_type="image/png", headers=headers)
