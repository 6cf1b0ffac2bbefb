"""Colleagues to mention: names and addresses of those who work tickets, for those who work tickets."""


def test_a_name_is_found_with_its_address_alone(console, other_admin, requester):
    answer = console.get("/admin/colleagues/", {"q": "osk"}).json()

    assert answer == {"colleagues": [{"name": "Oskar Otheradmin", "address": other_admin.email}]}
    assert console.get("/admin/colleagues/", {"q": "Rita"}).json() == {"colleagues": []}


def test_odd_questions_are_answered(console):
    for asked in ("", "\x00", "%", "x" * 5000, "'", "\\"):
        assert console.get("/admin/colleagues/", {"q": asked}).status_code == 200


def test_the_mention_is_marked_in_the_console(console, ticket, admin, other_admin, address):
    ticket.note("@Oskar Otheradmin: <b>look</b>", by=admin)

    page = console.get(address()).content.decode()

    assert '<mark class="hd-mention">@Oskar Otheradmin</mark>: &lt;b&gt;look' in page
