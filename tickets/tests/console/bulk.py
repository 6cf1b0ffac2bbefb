"""How the tests of bulk changes go through the pages."""

LIST = "/admin/tickets/ticket/"
PLAN = f"{LIST}bulk/"


def plan(console, action, *tickets, **more):
    """Send the list's form, and answer where it leads."""
    answer = console.post(PLAN, {"action": action, "number": [ticket.pk for ticket in tickets], **more})
    assert answer.status_code == 302
    return answer.url


def confirm(console, address):
    code = console.get(address).context["change"].code
    answer = console.post(f"{address}confirm/", {"code": code})
    assert (answer.status_code, answer.url) == (302, address)
    return console.get(address)


def text_of(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())
