"""What pictures sent at once cost the server, and whether each gets its preview: `manage.py benchmark --pictures`."""

import http.client
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from io import BytesIO

from django.conf import settings
from django.test import Client
from django.utils.crypto import get_random_string
from PIL import Image

from accounts.models import User
from accounts.roles import Role

from ..models import Preview, RequestType
from .dataset import make_person
from .server_process import ServerProcess
from .streams import Measured

# Next to nothing on the wire, 156 MB decoded.
SIZE = (6300, 6200)
MOST_MEGABYTES, MOST_PREVIEW_MEGABYTES, PATIENCE_SECONDS = 200, 350, 120


def measure(number: int) -> list[Measured]:
    """Send so many tickets at once, each with a picture, to a server process of our own with a worker.

    Raises RuntimeError if the server does not take one.
    """
    person, kind = make_person("rita", "Rita", Role.USER), RequestType.objects.all()[:1].get()
    drawn = BytesIO()
    Image.new("RGB", SIZE, "teal").save(drawn, "PNG")
    cookie, token = _sign_in(person), get_random_string(32)
    with ServerProcess(with_worker=True) as server:
        before, began = server.peak_memory(), time.monotonic()
        with ThreadPoolExecutor(number) as pool:
            sent = [
                pool.submit(_send, server.port, cookie, token, kind.pk, drawn.getvalue())
                for _ in range(number)
            ]
            if any(one.result() != 302 for one in sent):
                raise RuntimeError("A ticket was not taken.")
        answered, peak = time.monotonic() - began, 0.0
        while Preview.objects.waiting().exists() and time.monotonic() - began < PATIENCE_SECONDS:
            peak = max(peak, server.peak_memory_of_others("preview_process"))
            time.sleep(0.01)
        done = time.monotonic() - began
        return [
            Measured("Memory of the server before", before, "MB"),
            Measured("Memory of the server at most", server.peak_memory(), "MB", most=MOST_MEGABYTES),
            Measured("Memory of the process of a preview at most", peak, "MB", most=MOST_PREVIEW_MEGABYTES),
            Measured("Until all tickets were answered", answered, "s"),
            Measured("Until all previews were there", done, "s", most=PATIENCE_SECONDS),
            Measured("Previews made", Preview.objects.exclude(file="").count(), "", least=number),
        ]


def _sign_in(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _send(port: int, cookie: str, token: str, kind: int, picture: bytes) -> int:
    fields = {
        "title": "A picture",
        "request_type": kind,
        "description": "See the file.",
        "token": uuid.uuid4(),
        "csrfmiddlewaretoken": token,
    }
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{fields[name]}'.encode() for name in fields
    ]
    parts.append(b'Content-Disposition: form-data; name="files"; filename="shot.png"\r\n\r\n' + picture)
    body = b"".join(b"--x\r\n" + part + b"\r\n" for part in parts) + b"--x--\r\n"
    cookies = f"{settings.SESSION_COOKIE_NAME}={cookie}; {settings.CSRF_COOKIE_NAME}={token}"
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Cookie": cookies}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as visitor:
        visitor.request("POST", "/tickets/new/", body, headers)
        return visitor.getresponse().status
