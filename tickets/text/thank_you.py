"""Says whether a reply is nothing but a thank-you: it should not call anybody back to work."""

import re
import unicodedata

LONGEST = 200
# What people mean by thanks without a word.
GESTURES = frozenset("👍👌🙏👏🙌🤝💪❤♥💚💙💛🧡💜😀😃😄😊🙂☺😍✅✔☑💯🎉⭐🌟")
# A line of two dashes begins the signature (RFC 3676, 4.3); so do words of farewell, with a few short lines
# below; written as `plain` writes them.
_SIGNATURE = re.compile(r"^--[ \t]*$", re.MULTILINE)
FAREWELLS = frozenset(
    (
        *(
            "best",
            "best regards",
            "kind regards",
            "warm regards",
            "regards",
            "best wishes",
            "cheers",
            "sincerely",
        ),
        *(
            "mit freundlichen grüssen",
            "viele grüsse",
            "beste grüsse",
            "liebe grüsse",
            "grüsse",
            "gruss",
            "mfg",
            "lg",
        ),
        *("cordialement", "bien cordialement", "bien à vous", "saludos", "un saludo", "atentamente"),
        *(
            "met vriendelijke groet",
            "groeten",
            "cordiali saluti",
            "saluti",
            "med vänlig hälsning",
            "hälsningar",
        ),
        *("pozdrawiam", "s pozdravem", "с уважением", "com os melhores cumprimentos", "cumprimentos"),
    )
)
SIGNATURE_LINES, SIGNATURE_WORDS = 4, 5


def is_bare_thanks(text: str, phrases: set[str], names: str = "") -> bool:
    """Say whether `text` consists of `phrases` alone, in any order and number.

    phrases: as `plain` writes them. names: of whom it may be addressed to; their words may be in it, too.
    Case, punctuation and white space do not count, nor does a signature, nor do pictograms beside words; without
    words, each has to be one of GESTURES or of the phrases.
    """
    text = _without_signature(text)
    if len(text) > LONGEST or not (words := plain(text).split()):
        return False
    if not _letters(text):
        return all(word in GESTURES or word in phrases for word in words)
    known = sorted((phrase.split() for phrase in phrases if phrase), key=len, reverse=True)
    addressed, thanked = set(plain(names).split()), False
    while words:
        if phrase := next((phrase for phrase in known if words[: len(phrase)] == phrase), None):
            words, thanked = words[len(phrase) :], True
        elif words[0] in addressed:
            words = words[1:]
        else:
            return False
    return thanked


def plain(text: str) -> str:
    """Lower case, letters and digits only, one space between words; of a text without any, its pictograms."""
    return _letters(text) or " ".join(sign for sign in text if unicodedata.category(sign) == "So")


def _letters(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w]|_", " ", text.replace("'", "").replace("’", "")).split())


def _without_signature(text: str) -> str:
    if below := _SIGNATURE.search(text):
        text = text[: below.start()]
    lines = [line for line in text.splitlines() if _letters(line)]
    for number, line in enumerate(lines[1:], start=1):
        signature = lines[number + 1 :]
        if _letters(line) in FAREWELLS and len(signature) <= SIGNATURE_LINES:
            is_short = all("?" not in one and len(one.split()) <= SIGNATURE_WORDS for one in signature)
            return "\n".join(lines[:number]) if is_short else text
    return text
