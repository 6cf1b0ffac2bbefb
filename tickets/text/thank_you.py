"""Says whether a reply is nothing but a thank-you: it should not call anybody back to work."""

import re
import unicodedata

LONGEST = 200
# What people mean by thanks without a word.
GESTURES = frozenset("👍👌🙏👏🙌🤝💪❤♥💚💙💛🧡💜😀😃😄😊🙂☺😍✅✔☑💯🎉⭐🌟")
# What may as well answer a question.
ASSENT = frozenset(("ok", "okay", *"👍👌✅✔☑💯"))
_PLUS_ONE = re.compile(r"(?<!\S)\+1(?!\w)")
# Within an address of the web it asks nothing.
_QUESTION = re.compile(r"[¿？؟⁇⁈⁉՞]|\?(?![\w/&=%#])")
# A line of two dashes begins the signature (RFC 3676, 4.3); so do words of farewell, with a few short lines
# below; written as `plain` writes them.
_DASHES = re.compile(r"--[ \t]*")
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
SIGNATURE_LINES, SIGNATURE_WORDS = 6, 10
# So many words are a name however they are written; of more, half begin as names do.
NAME_WORDS, UNCASED_LETTERS = 2, 4


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Whoever writes one of these below their name says something.
SAYING = _words(
    "not no but still again also however is are was does do did dont doesnt didnt cant cannot isnt wont i my we please",
    "need needs error errors problem problems issue issues broken dead down fails failed failing stopped ps",
    "nicht kein keine aber noch wieder leider ist sind geht ich mein meine es bitte fehler kaputt",
    "pas mais encore est je mon ne erreur problème panne pero todavía sigue aún está falla fallo",
    "non ancora è errore problema ainda erro não mas niet maar nog weer fout probleem inte fortfarande är fel",
    "nie ale nadal jest błąd stále není chyba но не опять снова ещё еще ошибка проблема",
)
# What telephones write below a message: lines of these words alone, one of how it was sent and one of from what.
SENT = _words(
    "sent gesendet gesandt envoyé enviado enviada inviato inviata verstuurd verzonden skickat sendt lähetetty wysłane",
    "wysłano wysłana odesláno odoslané trimis gönderildi отправлено отправлена надіслано στάλθηκε küldve",
)
APPARATUS = tuple(
    _words(
        "iphon ipad ipod ios android samsung galaxy huawei xiaomi pixel nokia xperia motorola oneplus blackberry",
        "smartphone handy mobil móvil téléphone teléfono telefon cell phone tablet windows outlook gmail yahoo gmx",
        "proton bluemail",
    )
)
BETWEEN_SENT = _words(
    "from my a the via with on for using by device mail email app secure mac web de verizon vodafone telekom wireless",
    "von meinem meiner mit für dem der aus diese nachricht wurde gerät",
    "mon depuis à partir pour avec un appareil desde mi para con il dal mio da per tramite do meu o",
    "vanaf mijn vanuit voor met min från för fra til z mojego mého môjho pro с моего моего мого з από το μου",
    "pe ul meu az omról",
)
_GET_OUTLOOK = re.compile(
    r"(?:(?:get|holen sie sich|télécharge[rz]?|obtenir|obtener|ottieni|scarica|obter o|obtenha o|download|hent|skaffa"
    r"|hämta|pobierz aplikację|získat) )?outlook (?:for|für|pour|para|per|voor|til|för|dla systemu|pro)"
    r" (?:ios|android)(?: beziehen| downloaden)?"
)
SENT_LINES = frozenset(
    f"{before}{device}{after}"
    for device in ("iphone", "ipad")
    for before, after in (
        *(("", "から送信"), ("发自我的", ""), ("发自我的 ", ""), ("從我的 ", " 傳送"), ("從我的", "傳送")),
        *(("나의 ", "에서 보냄"), ("내 ", "에서 보냄"), ("נשלח מה ", " שלי")),
    )
)


def is_bare_thanks(text: str, phrases: set[str], names: str = "", *, was_asked: bool = False) -> bool:
    """Say whether `text` consists of `phrases` alone, in any order and number, and asks nothing.

    phrases: as `plain` writes them. names: of whom it may be addressed to; their words may be in it, too.
    was_asked: whether its writer was asked for something: then ASSENT is an answer, not thanks.
    Case, punctuation and white space do not count, nor does a signature, nor do pictograms beside words; without
    words, each has to be one of GESTURES or of the phrases. "+1" is a gesture.
    """
    if _QUESTION.search(text):
        return False
    gestures = GESTURES
    if was_asked:
        phrases, gestures = phrases - ASSENT, gestures - ASSENT
    text = _PLUS_ONE.sub("👍", _without_signature(text))
    if len(text) > LONGEST or not (words := plain(text).split()):
        return False
    if not _letters(text):
        return all(word in gestures or word in phrases for word in words)
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
    lines = [line for line in text.splitlines() if line.strip()]
    while len(lines) > 1 and (
        (not _letters(lines[-1]) and _DASHES.fullmatch(lines[-1])) or _is_of_a_phone(lines[-1])
    ):
        lines.pop()
    for number, line in enumerate(lines):
        if _DASHES.fullmatch(line) or (number and _letters(line) in FAREWELLS):
            signature = [below for below in lines[number + 1 :] if _letters(below)]
            if len(signature) <= SIGNATURE_LINES and all(map(_is_of_a_signature, signature)):
                lines = lines[:number]
            break
    return "\n".join(lines)


def _is_of_a_phone(line: str) -> bool:
    plain_line = _letters(line)
    words = plain_line.split()
    if len(words) > 2 * SIGNATURE_WORDS:
        return False
    devices = [word for word in words if word.startswith(APPARATUS)]
    # Models have numbers: "Galaxy S21 5G".
    others = [word for word in words if word not in devices and not any(sign.isdigit() for sign in word)]
    is_sent = bool(devices) and not SENT.isdisjoint(others) and BETWEEN_SENT.union(SENT).issuperset(others)
    return is_sent or plain_line in SENT_LINES or _GET_OUTLOOK.fullmatch(plain_line) is not None


def _is_of_a_signature(line: str) -> bool:
    """Say whether this is a name, a trade or an address rather than something said."""
    words = [word for part in line.split() if (word := part.strip("()|,;:·•*_\"'"))]
    if len(words) > SIGNATURE_WORDS or not SAYING.isdisjoint(_letters(line).split()):
        return False
    uncased = [sign for sign in line if sign.isalpha() and sign.lower() == sign.upper()]
    if len(uncased) > UNCASED_LETTERS:
        return False
    named = sum(not word[0].islower() for word in words)
    return len(words) <= NAME_WORDS or 2 * named >= len(words)
