"""The files that wait to be sent along with a form, as its page shows them."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from helpdesk.web.sent_once import if_sent_before

from ..errors import FileRefused
from ..files.names import cleaned_name
from ..models import Upload

if TYPE_CHECKING:
    from accounts.models import User


# The button beside a file, for pages without script.
REMOVE = "remove_file"


class WaitingFiles:
    """field: the name of the input. errors: a sentence for each file that was not taken just now. count_file:
    asked before each file, by its name, why it is not taken, "" if it is; None where nobody counts.
    """

    def __init__(
        self, owner: "User", key: str, field: str = "files", *, count_file: Callable[[str], str] | None = None
    ) -> None:
        self.owner, self.key, self.field, self.count_file = owner, key, field, count_file
        self.errors: list[str] = []
        self.megabytes, self.most = settings.FILE_SIZE_MB, settings.FILES_PER_MESSAGE
        self._known: list[Upload] | None = None

    @property
    def uploads(self) -> list[Upload]:
        """What waits now; after `read_together`, what waited then."""
        if self._known is not None:
            return self._known
        return list(Upload.objects.waiting(self.owner, self.key))

    @staticmethod
    def read_together(one: "WaitingFiles", other: "WaitingFiles") -> None:
        """Read what waits for two forms of one person that nothing is sent with, in one query."""
        uploads = Upload.objects.filter(owner=one.owner, form__in=(one.key, other.key)).order_by("pk")
        for form in (one, other):
            form._known = [upload for upload in uploads if upload.form == form.key]

    def take_in(self, request: HttpRequest) -> None:
        """Do what a sent form asks: remove one file, take the chosen ones. Nothing on GET."""
        if request.method != "POST":
            return
        number = request.POST.get(REMOVE, "")
        for upload in self.uploads:
            if str(upload.pk) == number:
                upload.remove()
        taken = self.receive(request.FILES.getlist(self.field))
        if_sent_before(request, lambda: [upload.remove() for upload in taken])

    def receive(self, files: "Iterable[UploadedFile[Any]]") -> list[Upload]:
        """Take what came with the form; what is refused leaves its sentence in `errors`."""
        taken = []
        for file in files:
            if self.count_file and (too_many := self.count_file(cleaned_name(file.name or ""))):
                self.errors.append(too_many)
                continue
            try:
                taken.append(Upload.objects.receive(file, owner=self.owner, form=self.key))
            except FileRefused as refusal:
                self.errors.append(str(refusal))
        return taken
