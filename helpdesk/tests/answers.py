"""The headers every answer of ours must carry."""

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
# What only a page heeds: a style sheet or a script would carry it for nothing.
FOR_PAGES = (
    "x-frame-options",
    "cross-origin-opener-policy",
    "cross-origin-embedder-policy",
    "permissions-policy",
)


def check_headers_of_file(headers):
    """Assert that a style sheet's, script's or picture's headers are ours, and no more than it needs.

    headers: of the answer, found whatever their case.
    """
    wanted = {name: None if name in FOR_PAGES else value for name, value in HEADERS.items()}
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert {name: headers.get(name) for name in HEADERS} == wanted
    assert headers.get("access-control-allow-origin") is None
    assert headers.get("server") is None


def check_headers(headers):
    """Assert that a page's headers are ours, all of them, and that no cache keeps it.

    headers: of the answer, found whatever their case.
    """
    policy = headers["content-security-policy"]
    assert dict(part.strip().split(" ", 1) for part in policy.split(";")) == POLICY
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert headers.get("access-control-allow-origin") is None
    assert headers.get("server") is None
    assert "no-store" in headers.get("cache-control", "")
