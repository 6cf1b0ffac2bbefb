"""What is kept of a text, and what of it counts when it is looked up."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.text.folding import composed, fold

FORMS = ["NFC", "NFD", "NFKC", "NFKD"]


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("Straße", "strasse"),
        ("STRASSE", "straße"),
        ("Ødegård", "odegard"),
        ("Łódź", "lodz"),
        ("Żółć", "zolc"),
        ("Ærø", "aero"),
        ("Đakovo", "dakovo"),
        ("yazıcı", "YAZICI"),
        ("İstanbul", "istanbul"),
        ("ёлка", "ЕЛКА"),
        ("е\u0308лка", "ёлка"),
        ("οδός", "ΟΔΟΣ"),
        ("ᾠδή", "ΩΙΔΗ"),
        ("Ｗｉｄｅ\u3000１２", "wide 12"),
        ("ﾌﾟﾘﾝﾀ", "プリンタ"),
        ("\u1112\u1161\u11ab", "한"),
        ("of\ufb01ce", "office"),
        ("pass\u00adword", "password"),
        ("\u202euser\u200b\ufeffname", "username"),
        ("سَلَام", "سلام"),
        ("مــرحبا", "مرحبا"),
        ("שָׁלוֹם", "שלום"),
        ("☎\ufe0f", "☎"),
        ("O’Brien", "o'brien"),
        ("п\u02bcять", "п'ять"),
        ("Jean\u2011Luc \u2212 5", "jean-luc - 5"),
        ("۱۲۳ ٤٥٦ १", "123 456 1"),
        ("فارسی کتاب", "فارسي كتاب"),
        ("مكتبة مصطفى", "مكتبه مصطفي"),
        ("Ґудзик", "гудзик"),
    ],
)
def test_what_looks_alike_in_a_hurry_is_alike(kept, typed):
    assert fold(kept) == fold(typed)


@pytest.mark.parametrize(
    ("one", "other"), [("が", "か"), ("ปี", "ปู"), ("मुद्रक", "मदरक"), ("а", "a"), ("ö", "oe")]
)
def test_what_makes_another_word_is_not(one, other):
    assert fold(one) != fold(other)


def test_every_letter_is_folded_for_good_in_any_case_and_form():
    for code in range(0x20000):
        letter = chr(code)
        if unicodedata.category(letter) in ("Cn", "Co", "Cs"):
            continue
        folded = fold(letter)

        assert fold(folded) == folded, hex(code)
        assert all(fold(unicodedata.normalize(form, letter)) == folded for form in FORMS), hex(code)
        assert fold(letter.upper()) == fold(letter.lower()) == folded, hex(code)


@given(st.text(), st.sampled_from(FORMS))
def test_a_text_is_folded_for_good_in_any_form(text, form):
    folded = fold(text)

    assert fold(folded) == folded
    assert fold(unicodedata.normalize(form, text)) == folded
    assert fold(composed(text)) == folded


@given(st.text())
def test_what_is_kept_is_kept_alike_the_next_time(text):
    assert composed(composed(text)) == composed(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("marks", ["\u0e48\u0e38", "\u0301\u0323", "\u3099\u0e48"], ids=ascii)
def test_marks_without_end_take_no_longer_than_other_letters(marks):
    started = time.thread_time()

    for write in (fold, composed):
        write("a" + marks * 100_000)

    # In sequence they take a tenth of a second; sorted, as Unicode's rules have it, over ten.
    assert time.thread_time() - started < 2
