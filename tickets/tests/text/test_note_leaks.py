"""Finding what a text for the requester repeats of internal notes."""

import pytest

from tickets.text.note_leaks import repeated_sentences

NOTE = "Called them. Their manager asked us to wait."


@pytest.mark.parametrize(
    "text",
    [
        "Their manager asked us to wait.",
        "Their ma\u0301nager asked\u00ad us to wait.",
        "Hello Rita\nTHEIR _manager_ asked us, to wait!\nBye",
        "Wait. Their manager asked us to wait. Their manager asked us to wait.",
    ],
)
def test_a_sentence_is_found_whatever_stands_around_it(text):
    assert "asked" in repeated_sentences(text, [(7, NOTE)])[7]


@pytest.mark.parametrize(
    "text", ["", "Called them.", "Their manager asked us.", "Their manager asked us to wait long."]
)
def test_less_or_other_words_are_no_repetition(text):
    assert repeated_sentences(text, [(7, NOTE)]) == {}


def test_each_ticket_has_the_first_sentence_of_the_text_that_its_notes_hold():
    text = "One two three four five. Six seven eight nine ten."
    notes = [
        (1, "Six seven eight nine ten."),
        (2, "Six seven eight nine ten."),
        (2, "One two three four five."),
        (3, "Nothing of it."),
    ]

    assert repeated_sentences(text, notes) == {
        1: "Six seven eight nine ten.",
        2: "One two three four five.",
    }


def test_notes_are_not_read_for_a_text_without_a_long_sentence():
    assert repeated_sentences("Done. Bye.", iter(lambda: pytest.fail("was read"), None)) == {}
