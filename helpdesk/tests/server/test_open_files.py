"""How many connections the server may have open."""

import resource

from helpdesk.server import uvicorn_server


def test_a_system_that_refuses_a_higher_limit_does_not_stop_the_start(monkeypatch):
    def refuse(kind, limits):
        raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refuse)

    uvicorn_server._allow_many_connections()
