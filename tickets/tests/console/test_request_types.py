"""Request types are added and changed; what cannot be is refused beside the field."""

from helpdesk.templatetags.icons import ICONS
from tickets.models import RequestType, RequestTypeIcon

LIST = "/admin/tickets/requesttype/"


def test_adding_and_renaming(console):
    form = {"name": "Printing", "hint": "", "position": 5, "is_active": "on", "icon": "tag"}
    console.post(f"{LIST}add/", form)

    added = RequestType.objects.get(name="Printing")
    console.post(f"{LIST}{added.pk}/change/", {**form, "name": "Printers"})

    added.refresh_from_db()
    assert added.name == "Printers"
    assert "Printers" in console.get(LIST).content.decode()


def test_its_icon_is_chosen_and_shown_where_people_choose(console, client_of, requester):
    form = {"name": "Printing", "hint": "", "position": 5, "is_active": "on", "icon": "msg"}
    console.post(f"{LIST}add/", form)

    assert RequestType.objects.get(name="Printing").icon == "msg"
    assert ICONS["msg"] in console.get(LIST).content.decode()
    assert ICONS["msg"] in client_of(requester).get("/tickets/new/").content.decode()


def test_an_icon_there_is_none_of_is_refused(console):
    answer = console.post(f"{LIST}add/", {"name": "Printing", "position": 5, "icon": "s-open"})

    assert 'class="errorlist"' in answer.content.decode()
    assert not RequestType.objects.filter(name="Printing").exists()


def test_each_icon_one_may_choose_is_drawn_and_those_there_from_the_start_have_their_own(db):
    assert set(RequestTypeIcon.values) <= set(ICONS)
    icons = list(RequestType.objects.values_list("icon", flat=True))
    assert len(set(icons)) == len(icons) == 9


def test_a_name_that_is_taken_or_cannot_be_is_refused(console):
    before = RequestType.objects.count()

    for name in ("Other", "", "x" * 61, "a\x00b", "a\x1bb", "a\u202eb", "a\u2028b", "\u200b", "\u3164"):
        answer = console.post(f"{LIST}add/", {"name": name, "position": 5})
        assert 'class="errorlist"' in answer.content.decode()

    answer = console.post(f"{LIST}add/", {"name": "Printing", "hint": "a\x07b", "position": 5})
    assert 'class="errorlist"' in answer.content.decode()
    assert RequestType.objects.count() == before


def test_a_name_is_one_however_it_is_typed(console):
    form = {"name": "Gera\u0308t", "hint": "", "position": 5, "is_active": "on", "icon": "tag"}
    console.post(f"{LIST}add/", form)
    again = console.post(f"{LIST}add/", {**form, "name": "Gerät"})

    assert 'class="errorlist"' in again.content.decode()
    assert RequestType.objects.filter(name="Gerät").count() == 1


def test_one_that_is_not_there_is_a_404(console):
    for number in ("999999", "0", str(10**30), "x"):
        assert console.get(f"{LIST}{number}/change/").status_code == 404


def test_an_empty_name_of_a_column_names_none(console):
    made = RequestType.objects.create(name="Printing")

    assert console.get(f"{LIST}{made.pk}/change/?_to_field=").status_code == 200


def test_a_button_no_page_has_is_refused(console):
    made = RequestType.objects.create(name="Printing")

    assert console.post(f"{LIST}{made.pk}/change/", {"_saveasnew": ""}).status_code == 400
