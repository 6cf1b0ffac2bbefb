"""Takes the port of the server, or says in a sentence why not.

`python -m helpdesk.server.port 8000` only asks; it needs nothing installed, so that `make run` asks first of all.
"""

import errno
import socket
import sys

RANGE = range(1, 65536)


class PortError(Exception):
    """The port cannot be had; the message is for people."""


def port_number(text: str) -> int:
    """Read a port. Raises PortError if `text` is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) in RANGE):
        raise PortError(f"A port is a whole number from 1 to 65535, not {text[:40]!r}.")
    return int(text)


def listen(host: str, port: int) -> socket.socket:
    """Open a listening socket. Raises PortError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, ValueError) as error:
        raise PortError(f"{host!r} is no address of this machine.") from error
    listener = socket.socket(family, kind, protocol)
    try:
        # A port whose server has just stopped can be taken again at once.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise PortError(_reason(error, host, port)) from error
    return listener


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port + 1 in RANGE else 8000
        return f"Port {port} is taken. Stop what uses it or choose another: make run PORT={other}"
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the system. Choose one from 1024: make run PORT=8000"
    return f"{host!r} is no address of this machine."


def main() -> None:
    try:
        listen("127.0.0.1", port_number(sys.argv[1] if len(sys.argv) == 2 else "")).close()
    except PortError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
