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


def check_headers(headers, *, kept=False):
    """Assert that an answer's headers are ours, all of them.

    headers: of the answer, found whatever their case. kept: whether a cache may keep it.
    """
    policy = headers["content-security-policy"]
    assert dict(part.strip().split(" ", 1) for part in policy.split(";")) == POLICY
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert headers.get("access-control-allow-origin") is None
    assert headers.get("server") is None
    assert ("no-store" in headers.get("cache-control", "")) is not kept
