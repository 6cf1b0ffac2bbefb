"""Who gets what at every address: one table, compared with the resolver. A new address without a row fails."""

from copy import deepcopy

import pytest
from django.db import transaction
from django.test import Client

from .site_map import routes

# Answers to a guest, the requester of the ticket, another user and an admin; GET, then POST of nothing.
# "in": to the sign-in page.  "go": to another page.  Numbers: HTTP status codes.
GUARDED = "in  404 404"  # the console: nothing is there for those who may not enter
TABLE = {
    "": "in go go go | in 405 405 405",
    # -- one's account -----------------------------------------------------------------------
    "auth/": "in go go go | in go go go",
    "auth/confirm-email/": "200 200 200 200 | 405 405 405 405",
    "auth/confirm-email/<key>/": "200 200 200 200 | 404 404 404 404",
    "auth/email/": "in 200 200 200 | in 200 200 200",
    "auth/inactive/": "200 200 200 200 | 405 405 405 405",
    "auth/invitation/<str:token>/": "404 404 404 404 | 404 404 404 404",
    "auth/login": "200 go go go | 200 go go go",
    "auth/login/": "200 go go go | 200 go go go",
    "auth/logout": "in 200 200 200 | in in in in",
    "auth/logout/": "in 200 200 200 | in in in in",
    "auth/password/change/": "in 200 200 200 | in 200 200 200",
    "auth/password/reset/": "200 200 200 200 | 200 200 200 200",
    "auth/password/reset/done/": "200 200 200 200 | 405 405 405 405",
    "auth/password/reset/key/<uidb36>-<key>/": "200 200 200 200 | 200 200 200 200",
    "auth/password/reset/key/done/": "200 200 200 200 | 405 405 405 405",
    "auth/profile/": "in 200 200 200 | in 200 200 200",
    "auth/reauthenticate/": "in 200 200 200 | in 200 200 200",
    "auth/register": "200 go go go | 200 go go go",
    "auth/register/": "200 go go go | 200 go go go",
    "auth/signup/": "go go go go | go go go go",
    "auth/time-zone/": "in 405 405 405 | in 400 400 400",
    # -- the portal --------------------------------------------------------------------------
    "tickets/": "in 200 200 200 | in 405 405 405",
    "tickets/live/": "in 200 200 200 | in 405 405 405",
    "tickets/new/": "in 200 200 200 | in 200 200 200",
    "tickets/new/draft/": "in 405 405 405 | in 200 200 200",
    "tickets/new/draft/discard/": "in 405 405 405 | in go go go",
    "tickets/uploads/": "in 405 405 405 | in 404 404 404",
    "tickets/uploads/<ticket:pk>/remove/": "in 405 405 405 | in go 404 404",
    "tickets/unwatch/<str:token>/": "404 404 404 404 | 404 404 404 404",
    "tickets/update/": "in 200 200 200 | in 405 405 405",
    "tickets/<ticket:number>/": "in 200 404 200 | in 405 404 405",
    "tickets/<ticket:number>/draft/": "in 405 404 405 | in 400 404 400",
    "tickets/<ticket:number>/edit/": "in 200 404 200 | in 200 404 200",
    "tickets/<ticket:number>/feedback/": "in go 404 go | in 200 404 200",
    "tickets/<ticket:number>/files/<ticket:pk>/": "in 200 404 200 | in 405 405 405",
    "tickets/<ticket:number>/files/<ticket:pk>/preview/": "in 404 404 404 | in 405 405 405",
    "tickets/<ticket:number>/live/": "in 200 404 200 | in 405 404 405",
    "tickets/<ticket:number>/reply/": "in 200 404 200 | in 200 404 200",
    "tickets/<ticket:number>/reopen/": "in go 404 go | in 409 404 409",
    "tickets/<ticket:number>/withdraw/": "in 200 404 go | in go 404 409",
    "tickets/<ticket:number>/watch/": "in 405 404 405 | in go 404 go",
    "tickets/<ticket:number>/mute/": "in 405 404 405 | in go 404 go",
    "organisation/colours/<slug:digits>.css": "404 404 404 404 | 405 405 405 405",
    "organisation/logo/<slug:digest>.png": "404 404 404 404 | 405 405 405 405",
    "notifications/": "in 200 200 200 | in 405 405 405",
    "notifications/bell/": "in 200 200 200 | in 405 405 405",
    "notifications/latest/": "in 200 200 200 | in 405 405 405",
    "notifications/preferences/": "in 200 200 200 | in 200 200 200",
    "notifications/read/": "in 405 405 405 | in go go go",
    "notifications/<ticket:pk>/read/": "in 405 405 405 | in go 404 404",
    # -- the console; a change of an account asks for the password first --------------------
    "admin/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/live/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/<app_label>/": f"{GUARDED} go | {GUARDED} go",
    "admin/<url>": f"{GUARDED} 404 | {GUARDED} 404",
    "admin/accounts/adminrequest/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/accounts/adminrequest/<int:pk>/grant/": f"{GUARDED} 405 | {GUARDED} 200",
    "admin/accounts/adminrequest/<int:pk>/refuse/": f"{GUARDED} 405 | {GUARDED} 200",
    "admin/accounts/invitation/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/accounts/invitation/invite/": f"{GUARDED} 405 | {GUARDED} 200",
    "admin/accounts/invitation/<int:pk>/send/": f"{GUARDED} 405 | {GUARDED} 200",
    "admin/accounts/invitation/<int:pk>/withdraw/": f"{GUARDED} 405 | {GUARDED} 200",
    "admin/accounts/user/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/accounts/user/<int:pk>/activate/": f"{GUARDED} 405 | {GUARDED} 200",
    "admin/accounts/user/<int:pk>/change/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/accounts/user/<int:pk>/deactivate/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/accounts/user/<int:pk>/delete/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/accounts/user/<int:pk>/history/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/autocomplete/": f"{GUARDED} 403 | {GUARDED} 405",
    "admin/colleagues/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/first-steps/dismiss/": f"{GUARDED} 405 | {GUARDED} go",
    "admin/first-steps/request-types/": f"{GUARDED} 405 | {GUARDED} go",
    "admin/first-steps/test-mail/": f"{GUARDED} 405 | {GUARDED} go",
    "admin/jsi18n/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/login/": f"{GUARDED} go | {GUARDED} go",
    "admin/logout/": f"{GUARDED} go | {GUARDED} in",
    "admin/mail/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/mail/<str:name>/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/mail/<str:name>/html/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/password_change/": f"{GUARDED} go | {GUARDED} go",
    "admin/password_change/done/": f"{GUARDED} go | {GUARDED} go",
    "admin/r/<path:content_type_id>/<path:object_id>/": f"{GUARDED} 404 | {GUARDED} 404",
    "admin/tickets/announcement/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/announcement/<path:object_id>/": f"{GUARDED} go | {GUARDED} go",
    "admin/tickets/announcement/<path:object_id>/change/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/announcement/<path:object_id>/delete/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/announcement/<path:object_id>/history/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/announcement/add/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/organisation/": f"{GUARDED} 200 | {GUARDED} go",
    "admin/tickets/cannedreply/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/cannedreply/<path:object_id>/": f"{GUARDED} go | {GUARDED} go",
    "admin/tickets/cannedreply/<path:object_id>/change/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/cannedreply/<path:object_id>/delete/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/cannedreply/<path:object_id>/history/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/cannedreply/add/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/deadtask/": f"{GUARDED} go | {GUARDED} 405",
    "admin/tickets/deadtask/<path:rest>": f"{GUARDED} go | {GUARDED} 405",
    "admin/tickets/thanksphrase/": f"{GUARDED} go | {GUARDED} 405",
    "admin/tickets/thanksphrase/<path:rest>": f"{GUARDED} go | {GUARDED} 405",
    "admin/helpdesk/failedtask/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/helpdesk/failedtask/retry/": f"{GUARDED} 405 | {GUARDED} go",
    "admin/helpdesk/failedtask/<uuid:pk>/retry/": f"{GUARDED} 405 | {GUARDED} go",
    "admin/helpdesk/failedtask/<uuid:pk>/discard/": f"{GUARDED} 200 | {GUARDED} go",
    "admin/tickets/feedback/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/feedback/csv/": f"{GUARDED} 405 | {GUARDED} 200",
    "admin/tickets/feedback/report/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/savedview/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/savedview/<int:pk>/change/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/savedview/<int:pk>/move/": f"{GUARDED} 405 | {GUARDED} go",
    "admin/tickets/savedview/<int:pk>/update/": f"{GUARDED} 405 | {GUARDED} go",
    "admin/tickets/savedview/<int:pk>/delete/": f"{GUARDED} 200 | {GUARDED} go",
    "admin/tickets/savedview/add/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/savedview/counts/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/requesttype/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/requesttype/<path:object_id>/": f"{GUARDED} go | {GUARDED} go",
    "admin/tickets/requesttype/<path:object_id>/change/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/requesttype/<path:object_id>/delete/": f"{GUARDED} 403 | {GUARDED} 403",
    "admin/tickets/requesttype/<path:object_id>/history/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/requesttype/add/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/thankyouphrase/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/thankyouphrase/<path:object_id>/": f"{GUARDED} go | {GUARDED} go",
    "admin/tickets/thankyouphrase/<path:object_id>/change/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/thankyouphrase/<path:object_id>/delete/": f"{GUARDED} 403 | {GUARDED} 403",
    "admin/tickets/thankyouphrase/<path:object_id>/history/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/thankyouphrase/add/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/ticketevent/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/columns/": f"{GUARDED} go | {GUARDED} go",
    "admin/tickets/ticket/live/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/filters/<slug:name>/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/creators/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/callers/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/callers/tickets/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/add/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/ticket/bulk/": f"{GUARDED} 405 | {GUARDED} go",
    "admin/tickets/ticket/bulk/colleagues/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/bulk/<ticket:pk>/": f"{GUARDED} 200 | {GUARDED} go",
    "admin/tickets/ticket/bulk/<ticket:pk>/confirm/": f"{GUARDED} 405 | {GUARDED} go",
    "admin/tickets/ticket/bulk/<ticket:pk>/carry-on/": f"{GUARDED} 405 | {GUARDED} go",
    "admin/tickets/ticket/<ticket:number>/change/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/<ticket:number>/live/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/<ticket:number>/edit/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/ticket/<ticket:number>/delete/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/ticket/<ticket:number>/assign/": f"{GUARDED} go | {GUARDED} 200",
    "admin/tickets/ticket/<ticket:number>/take/": f"{GUARDED} go | {GUARDED} go",
    "admin/tickets/ticket/<ticket:number>/start/": f"{GUARDED} go | {GUARDED} 200",
    "admin/tickets/ticket/<ticket:number>/hold/": f"{GUARDED} go | {GUARDED} 200",
    "admin/tickets/ticket/<ticket:number>/properties/": f"{GUARDED} 200 | {GUARDED} 200",
    "admin/tickets/ticket/<ticket:number>/message/": f"{GUARDED} go | {GUARDED} 200",
    "admin/tickets/ticket/<ticket:number>/resolve/": f"{GUARDED} go | {GUARDED} 200",
    "admin/tickets/ticket/<ticket:number>/close/": f"{GUARDED} go | {GUARDED} 200",
    "admin/tickets/ticket/<ticket:number>/reopen/": f"{GUARDED} go | {GUARDED} 200",
    "admin/tickets/ticket/<ticket:number>/restore/": f"{GUARDED} go | {GUARDED} 409",
    "admin/tickets/ticket/<ticket:number>/peek/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/<ticket:number>/quick/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/<ticket:number>/neighbours/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/<ticket:number>/canned/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/<ticket:number>/requester/": f"{GUARDED} 200 | {GUARDED} 405",
    "admin/tickets/ticket/<ticket:number>/watch/": f"{GUARDED} 405 | {GUARDED} go",
    "admin/tickets/ticket/<ticket:number>/unwatch/": f"{GUARDED} 405 | {GUARDED} go",
    "admin/tickets/ticket/<ticket:number>/presence/": f"{GUARDED} 200 | {GUARDED} 200",
    # -- the guides --------------------------------------------------------------------------
    "language.js": "200 200 200 200 | 405 405 405 405",
    "help/": "in 200 200 200 | in 405 405 405",
    "help/<slug:guide>/<slug:page>/": "in 404 404 200 | in 405 405 405",
    # -- machines ----------------------------------------------------------------------------
    "health/live/": "200 200 200 200 | 405 405 405 405",
    "health/ready/": "503 503 503 503 | 405 405 405 405",
    # Through WSGI alone there is no stream.
    "live/": "401 501 501 501 | 405 405 405 405",
}


def test_every_address_has_a_row_and_every_row_an_address():
    assert sorted(TABLE) == routes()


@pytest.fixture
def people(requester, other_requester, admin):
    return (None, requester, other_requester, admin)


def answer_of(response):
    if response.streaming:
        b"".join(response.streaming_content)
    if response.status_code not in (301, 302):
        return str(response.status_code)
    return "in" if response.url.startswith("/auth/login/") else "go"


@pytest.mark.any_database
def test_each_gets_the_answer_of_the_table(people, path_of, client_of):
    signed_in = [client_of(person).cookies for person in people]

    def answers(path, method):
        for cookies in signed_in:
            visitor = Client()
            visitor.cookies = deepcopy(cookies)
            # Each acts on the same things; what one changed is taken back.
            before = transaction.savepoint()
            yield answer_of(getattr(visitor, method)(path))
            transaction.savepoint_rollback(before)

    given = {
        route: " | ".join(" ".join(answers(path_of(route), method)) for method in ("get", "post"))
        for route in TABLE
    }

    assert given == {route: " ".join(wanted.split()) for route, wanted in TABLE.items()}
