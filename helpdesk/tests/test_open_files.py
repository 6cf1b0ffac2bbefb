"""How many connections the server may have open."""

import resource

from helpdesk import server


def test_a_system_that_refuses_a_higher_limit_does_not_stop_the_start(monkeypatch):
    def refuse(kind, limits):
        raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refuse)

    server._allow_many_connections()
