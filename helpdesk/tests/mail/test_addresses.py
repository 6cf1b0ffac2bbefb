"""One spelling for each address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.mail.addresses import address_in, one_spelling


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Anna@Example.COM ", "anna@example.com"),
        ("info@bücher.example", "info@bücher.example"),
        ("info@XN--BCHER-KVA.example", "info@bücher.example"),
        ("info@bu\u0308cher.example", "info@bücher.example"),
        ("a@xn--e1afmkfd.xn--p1ai", "a@пример.рф"),
        # Django would write these to strasse.example, which is somebody else's.
        ("info@straße.example", "info@xn--strae-oqa.example"),
        ("info@xn--strae-oqa.example", "info@xn--strae-oqa.example"),
        ("info@strasse.example", "info@strasse.example"),
        ("no address", "no address"),
        ("", ""),
        ("a@xn--zz.example", "a@xn--zz.example"),
        ("a@\ud800ü.example", "a@\ud800ü.example"),
    ],
)
def test_an_address_is_kept_in_one_spelling(typed, kept):
    assert one_spelling(typed) == kept


@given(st.text())
def test_any_text_has_one_spelling(text):
    assert one_spelling(one_spelling(text)) == one_spelling(text)


@given(st.from_regex(r"[a-z0-9ß-ſа-яΑ-ω]{1,20}(\.[a-zü]{2,5}){1,3}", fullmatch=True))
def test_any_domain_has_one_spelling(domain):
    assert one_spelling(one_spelling(f"a@{domain}")) == one_spelling(f"a@{domain}")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Anna Berg <Anna@Example.com>", "anna@example.com"),
        ('"Berg, Anna" < anna@example.com >;', "anna@example.com"),
        # Whoever calls themselves by somebody else's address is not taken for them.
        ('"bob@example.com" <anna@example.com>', "anna@example.com"),
        ("anna@example.com", "anna@example.com"),
        ("Anna Berg", "anna berg"),
        ("mailto:Anna@Example.com", "anna@example.com"),
        ("'anna@example.com';", "anna@example.com"),
        ("Anna Berg [anna@example.com].", "anna@example.com"),
        ("o'brien@example.com", "o'brien@example.com"),
        ("a@example.com, b@example.com", "a@example.com, b@example.com"),
    ],
)
def test_the_address_of_a_pasted_line_is_found(text, address):
    assert address_in(text) == address
