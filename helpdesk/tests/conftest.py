"""Real things behind every address of the product. Their words are Greek: what is Latin on a page is the product's."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accounts.models import Invitation
from helpdesk.mail import sent_mail
from tickets.models import Announcement, BulkChange, CannedReply, Notification, SavedView, Ticket, Upload
from tickets.tests.factories import FailedTaskFactory


def waiting(owner):
    return Upload.objects.receive(SimpleUploadedFile("λίστα.txt", "γεια".encode()), owner=owner, form="new-1")


@pytest.fixture
def letter(settings, tmp_path):
    """A mail that the demo has kept."""
    settings.DATA_DIR = tmp_path
    message = EmailMultiAlternatives("Θέμα", "Κείμενο", to=["rita@example.com"])
    message.attach_alternative("<p>Κείμενο</p>", "text/html")
    sent_mail.keep(message.message().as_bytes())
    return sent_mail.sent_messages()[0]


@pytest.fixture
def path_of(ticket, requester, other_requester, admin, letter):
    """Answer a pattern's path for real things: the requester's ticket, their account, who waits."""
    other_requester.ask_to_be_admin()
    request = other_requester.admin_requests.get()
    invited = Invitation.objects.invite("new@example.com", "User", by=admin, address_of=str)
    view = SavedView.objects.create(name="Ανοιχτά", query="status=open")
    numbers = {"adminrequest": request.pk, "invitation": invited.pk, "savedview": view.pk}
    canned = CannedReply.objects.create(title="Επανεκκίνηση", body="Επανεκκίνηση.")
    notice = Announcement.objects.create(text="Διαβάστε αυτό.", ends_at=timezone.now() + timedelta(days=1))
    dead = FailedTaskFactory(traceback="Final: 550 Κανείς\n")
    ticket.reply("", by=requester, files=[waiting(requester)])
    bulk = BulkChange.objects.plan(Ticket.objects.all(), by=admin, action="trash")
    attachment, upload = ticket.events.last().attachments.get(), waiting(requester)
    ticket.reply("Το κοιτάμε.", by=admin)
    told = Notification.objects.get(person=requester)

    objects = {"cannedreply": canned, "announcement": notice}
    things_of = {"uploads": upload, "notifications": told, "files": attachment}

    def fill(route):
        things = {
            "<ticket:number>": ticket.pk,
            "<uuid:pk>": dead.pk,
            "<int:pk>": next((pk for noun, pk in numbers.items() if noun in route), requester.pk),
            "<str:token>": "nonsense",
            "bulk/<ticket:pk>": f"bulk/{bulk.pk}",
            "<ticket:pk>": next((thing.pk for noun, thing in things_of.items() if noun in route), 0),
            "<str:name>": letter.name,
            "<slug:guide>": "admins",
            "<slug:page>": "tickets",
            "<slug:name>": "status",
            "<key>": "nonsense",
            "<uidb36>": "1",
            "<path:content_type_id>": 1,
            "<path:object_id>": next(
                (thing.pk for noun, thing in objects.items() if noun in route), ticket.request_type_id
            ),
            "<slug:digits>": "nothing",
            "<slug:digest>": "nothing",
            "<app_label>": "tickets",
            "<path:rest>": f"{dead.pk}/discard/" if "deadtask" in route else "add/",
            "<url>": "nothing",
        }
        for name, thing in things.items():
            route = route.replace(name, str(thing))
        return f"/{route}"

    return fill
