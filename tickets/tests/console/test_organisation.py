"""Whose desk this is: name, logo, colour, contact and hours, written in the console and shown everywhere."""

from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, PngImagePlugin

from helpdesk.models import AuditEvent
from tickets.models import Organisation

PAGE = "/admin/tickets/organisation/"
TYPED = {"name": "", "colour": "", "contact": "", "hours": ""}


def picture(kind="PNG", size=(900, 300), **more):
    drawn = BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind, **more)
    return SimpleUploadedFile(f"logo.{kind.lower()}", drawn.getvalue())


def send(console, **typed):
    return console.post(PAGE, {**TYPED, **typed})


def refusals(answer):
    assert answer.status_code == 200
    return answer.context["form"].errors


def test_a_name_stands_on_every_page_and_in_mail(console, client_of, requester):
    answer = send(console, name=" Nord <IT> ")

    assert answer.status_code == 302
    for page in (console.get("/admin/"), client_of(requester).get("/tickets/"), Client().get("/auth/login/")):
        assert "Nord &lt;IT&gt;" in page.text
        assert "· Nord &lt;IT&gt;" in page.text.partition("</title>")[0]
        assert "Helpdesk" not in page.text.partition("</title>")[0]


def test_without_one_it_is_the_product_s(client_of, requester):
    page = client_of(requester).get("/tickets/").text

    assert "· Helpdesk" in page
    assert "hd-mark" in page
    assert "/organisation/" not in page


def test_a_colour_makes_a_style_sheet_of_its_own(console):
    send(console, colour="#7A1FA2 ")

    page = Client().get("/auth/login/").text
    assert 'href="/organisation/colours/7a1fa2.css"' in page
    assert 'href="/organisation/colours/7a1fa2.css"' in console.get("/admin/").text
    style = Client().get("/organisation/colours/7a1fa2.css")
    assert style["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in style["Cache-Control"]
    assert "--hd-brand: light-dark(#7a1fa2, " in style.text
    # A cache must not keep one colour under another's name.
    assert Client().get("/organisation/colours/0b6470.css").status_code == 404


@pytest.mark.parametrize(
    ("colour", "why"),
    [("red", "six digits"), ("#ffee00", "has to be darker"), ("#7a1fa2;}", "at most 7")],
)
def test_a_colour_that_would_not_do_is_refused_beside_its_field(console, colour, why):
    errors = refusals(send(console, colour=colour, name="Nord"))

    assert why in str(errors["colour"])
    assert Organisation.current().name == ""


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_logo_is_written_anew_and_shown(console, kind):
    send(console, new_logo=picture(kind))

    organisation = Organisation.current()
    assert f'src="{organisation.logo_url}"' in Client().get("/auth/login/").text
    answer = Client().get(organisation.logo_url)
    assert answer["Content-Type"] == "image/png"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "immutable" in answer["Cache-Control"]
    shown = Image.open(BytesIO(answer.content))
    assert (shown.format, shown.size) == ("PNG", (320, 107))


def test_of_what_was_sent_nothing_but_the_picture_is_kept(console):
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "<script>alert(1)</script>")

    send(console, new_logo=picture(pnginfo=note))

    assert b"script" not in bytes(Organisation.objects.get().logo)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "not a picture"),
        (b"MZ a program", "not a picture"),
        (b"\x89PNG\r\n\x1a\n and then nothing", "cannot be read"),
        (b"\x89PNG\r\n\x1a\n" + bytes(2 * 1024 * 1024), "too large"),
    ],
)
def test_what_is_no_picture_is_refused(console, content, why):
    errors = refusals(send(console, name="Nord", new_logo=SimpleUploadedFile("logo.png", content)))

    assert why in str(errors["new_logo"])
    assert Organisation.current().name == ""


def test_a_logo_stays_until_it_is_removed(console):
    send(console, new_logo=picture())
    old = Organisation.current().logo_url

    send(console, name="Nord")
    assert Organisation.current().logo_url == old

    send(console, name="Nord", new_logo=picture(size=(40, 40)))
    # What a mail of yesterday names still shows a logo, and is asked for again.
    answer = Client().get(old)
    assert answer.status_code == 200
    assert "immutable" not in answer["Cache-Control"]

    send(console, remove_logo="on")
    assert Organisation.current().logo_url == ""
    assert Client().get(old).status_code == 404


def test_contact_and_hours_stand_at_the_foot_of_the_portal(console, client_of, requester):
    send(console, contact="Ext. 100\r\nRoom <3>", hours="Mo-Fr 8-17")

    page = client_of(requester).get("/tickets/").text
    assert "Ext. 100\nRoom &lt;3&gt;" in page
    assert "Mo-Fr 8-17" in page


def test_mail_carries_name_colour_and_logo(console, requester, settings):
    settings.SITE_URL = "https://desk.example"
    send(console, name="Nord IT", colour="#7a1fa2", new_logo=picture())
    organisation = Organisation.current()

    Client().post("/auth/password/reset/", {"email": requester.email})

    assert mail.outbox[-1].subject.startswith("[Nord IT] ")
    html = next(content for content, kind in mail.outbox[-1].alternatives if kind == "text/html")
    assert "Nord IT" in html
    assert f"https://desk.example{organisation.logo_url}" in html
    assert ".button { background: #7a1fa2; color: #ffffff; }" in html


def test_each_change_is_written_down_by_the_names_of_its_fields(console, admin):
    send(console, name="Nord", contact="Ext. 100")
    send(console, name="Nord", contact="Ext. 100")

    event = AuditEvent.objects.get(kind="organisation_changed")
    assert (event.actor, event.data) == (admin, {"fields": ["name", "contact"]})
    assert "Organisation changed" in console.get("/admin/tickets/ticketevent/").text


def test_who_may_not_is_refused(client_of, requester, other_admin):
    group = other_admin.groups.get()
    group.permissions.remove(group.permissions.get(codename="change_organisation"))

    assert send(client_of(other_admin), name="Mine").status_code == 403
    assert "/admin/tickets/organisation/" not in client_of(other_admin).get("/admin/").text
    assert send(client_of(requester), name="Mine").status_code == 404
    assert Organisation.current().name == ""


def test_what_a_colleague_changed_meanwhile_stays(console, admin):
    opened = {f"initial-{name}": "" for name in TYPED}
    Organisation(pk=1, hours="Mo-Fr 8-17").revise(by=admin)

    send(console, colour="#7a1fa2", **opened)

    organisation = Organisation.current()
    assert (organisation.colour, organisation.hours) == ("#7a1fa2", "Mo-Fr 8-17")
    assert AuditEvent.objects.filter(kind="organisation_changed").last().data == {"fields": ["colour"]}
