"""A port that cannot be had is told before anything else happens."""

import socket
import subprocess
import sys

import pytest

from helpdesk.server.port import PortError, listen, port_number

from ..processes import ROOT


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def ask(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "helpdesk.server.port", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
    )


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.mark.parametrize("text", ["", "x", "0", "-1", "65536", "8000.0", "٨٠٠٠", "1e3", "8 000", "9" * 99])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(PortError, match="from 1 to 65535"):
        port_number(text)


def test_a_port_is_read():
    assert port_number("1") == 1
    assert port_number("65535") == 65535


def test_a_free_port_is_listened_on_and_free_again_afterwards():
    port = free_port()

    with listen("127.0.0.1", port), socket.create_connection(("127.0.0.1", port)):
        pass

    listen("127.0.0.1", port).close()


def test_a_taken_port_is_named_with_a_way_out(taken):
    with pytest.raises(PortError) as error:
        listen("127.0.0.1", taken)

    assert str(error.value) == (
        f"Port {taken} is taken. Stop what uses it or choose another: make run PORT={taken + 1}"
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "", "x" * 300, "\x00"])
def test_an_address_that_is_not_ours_is_named(host):
    with pytest.raises(PortError, match="no address of this machine"):
        listen(host, free_port())


def test_the_make_target_asks_and_passes():
    assert ask(str(free_port())).returncode == 0


@pytest.mark.parametrize("argument", ["", "http", "99999"])
def test_the_make_target_refuses_nonsense_in_one_sentence(argument):
    done = ask(argument)

    assert done.returncode == 1
    assert done.stderr.startswith("A port is a whole number")
    assert len(done.stderr.splitlines()) == 1


def test_the_make_target_refuses_a_taken_port(taken):
    done = ask(str(taken))

    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {taken} is taken.")
