"""Names: what is refused in one, and how people are found by theirs."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["åsa", "ÅSA", "Åsa", "ström", "STRÖM", "åsa sjöström", "a@x.example ÅSA"])
def test_people_are_found_whatever_the_case(typed):
    person = UserFactory(first_name="Åsa", last_name="Sjöström", email="a@x.example")
    UserFactory(first_name="Asta", last_name="Sjo")

    assert list(User.objects.named_like(typed)) == [person]


@pytest.mark.parametrize(
    "name", ["Eve\nBcc: x@example.com", "Eve\r", "Eve\u2028", "E\0ve", "Eve\x1b[31m", "\u202eevE"]
)
def test_a_name_is_one_line_whoever_writes_it(name):
    for field in ("first_name", "last_name"):
        with pytest.raises(ValidationError, match="Write one line"):
            UserFactory(**{field: name})


@pytest.mark.parametrize("name", ["\u200b", "\u2060\u200d", "\u3164", "\u2800\ufe0f", "\u115f\u1160\u00ad"])
def test_a_name_can_be_seen(name):
    with pytest.raises(ValidationError, match="can be read"):
        UserFactory(first_name=name)


@pytest.mark.parametrize(
    "email",
    [
        '"a\x0bb"@example.com',
        '"a\x7fb"@example.com',
        '"a\\\x01b"@example.com',
        "\u017f@example.com",
    ],
)
def test_an_address_no_mail_can_be_sent_to_is_nobody_s(email):
    with pytest.raises(ValidationError, match="No mail can be sent"):
        UserFactory(email=email)


@pytest.mark.parametrize(
    "typed",
    [
        "Müller, Jürgen",
        "muller jurgen",
        "MU\u0308LLER",
        "jürg",
        "Jürgen Müller <jm@example.com>",
        '"Müller, Jürgen" <JM@Example.com>;',
        "Ｍüller",
        "mül\u00adler\u200b",
        "Müller Jürgen (IT) <jm@example.com>",
        "Dr. Jürgen Müller [mailto:jm@example.com]",
        "'Jürgen Müller' <jm@example.com>",
        "mailto:JM@example.com",
        "'jm@example.com';",
        "other@example.com, jm@example.com",
        "“Müller; Jürgen”",
        "'Jürgen Müller'",
        "Müller, J.",
    ],
)
def test_people_are_found_as_their_names_are_pasted(typed):
    person = UserFactory(first_name="Ju\u0308rgen", last_name="Mu\u0308ller", email="jm@example.com")
    UserFactory(first_name="Jan", last_name="Muller", email="jan@example.com")

    assert person in User.objects.named_like(typed)
    assert person.last_name == "Müller"


@pytest.mark.parametrize(
    "typed", ["zolc", "ŻÓŁĆ", "bücher", "info@xn--bcher-kva.example", "INFO@BU\u0308CHER"]
)
def test_names_and_addresses_are_found_in_any_spelling(typed):
    person = UserFactory(first_name="Ewa", last_name="Żółć", email="info@bücher.example")
    UserFactory(first_name="Ewa", last_name="Zola", email="info@bacher.example")

    assert list(User.objects.named_like(typed)) == [person]


@pytest.mark.parametrize(
    ("first_name", "last_name", "typed"),
    [
        ("伟", "王", "王伟"),
        ("太郎", "山田", "山田太郎"),
        ("철수", "김", "김철수"),
        ("伟", "王", "伟王"),
        ("Seán", "O’Brien", "sean o'brien"),
        ("Олена", "Дем\u02bcяненко", "Дем’яненко"),
        ("Jean-Luc", "Picard", "Jean\u2011Luc"),
        ("علی", "کریمی", "علي كريمي"),
    ],
)
def test_people_are_found_as_their_scripts_and_keyboards_write_them(first_name, last_name, typed):
    person = UserFactory(first_name=first_name, last_name=last_name)
    UserFactory(first_name="伟", last_name="李")

    assert list(User.objects.named_like(typed)) == [person]


@pytest.mark.parametrize("typed", [",", "<>", "'", ". .", '" ; "', "\x00", "%", "_", "\\"])
def test_signs_alone_find_nobody(typed):
    UserFactory()

    assert not User.objects.named_like(typed).exists()


def test_a_pasted_address_means_its_owner_alone():
    anna = UserFactory(first_name="Anna", last_name="Berg", email="anna@example.com")
    johanna = UserFactory(first_name="Johanna", last_name="Berg", email="johanna@example.com")

    assert list(User.objects.meant_by("Anna Smith <Anna@example.com>")) == [anna]
    assert list(User.objects.meant_by("anna@example.com")) == [anna]
    assert set(User.objects.meant_by("berg, anna")) == {anna, johanna}
    assert not User.objects.meant_by("Anna Berg <anna@example.org>").exists()
