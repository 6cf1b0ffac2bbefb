"""What a file that comes with a form is called: as it was typed, where Django's own reading changes it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParser

NAMELESS = "file"
# All that browsers escape in a name (HTML, "multipart/form-data encoding algorithm").
ESCAPED = {"%22": '"', "%0D": "\r", "%0A": "\n"}


class FormParser(MultiPartParser):
    """Django's reads "&copy" in a name as a sign of HTML, drops every blank but the common one, and drops a
    file whose name comes to nothing without a word.
    """

    def sanitize_file_name(self, file_name: str) -> str:
        """Answer the name without folders. Only a field without a file has an empty one, and does not come here."""
        for escaped, sign in ESCAPED.items():
            file_name = file_name.replace(escaped, sign)
        file_name = file_name.replace("\\", "/").rpartition("/")[2]
        return NAMELESS if file_name in ("", ".", "..") else file_name


class FileNamesMiddleware:
    """Have the files of each form read so. Before anything that reads the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def parse(meta: Any, content: Any) -> Any:
            parser = FormParser(meta, content, request.upload_handlers, request.encoding)
            try:
                return parser.parse()
            except BaseException:
                parser._close_files()  # type: ignore[attr-defined]
                raise

        request.parse_file_upload = parse  # type: ignore[method-assign, assignment]
        return self.get_response(request)
