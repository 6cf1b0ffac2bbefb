"""Texts that have broken other people's software: kinds of them, each with the reason."""

NAUGHTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' OR 1=1 --",
    "'; DROP TABLE tickets_ticket; --",
    "{{ 7*7 }} {% debug %} ${7*7} #{7*7}",
    "%s %d %n %(name)s {0} {name}",
    "../../../../etc/passwd",
    "=1+1",
    "javascript:alert(1)",
    "\u202eright to left\u202c and \u2066isolated\u2069",
    "مرحبا بالعالم שלום",
    "z\u0351\u0342a\u0334\u0321l\u0317\u0308g\u0316\u0301o\u0321",  # combining marks pile up
    "zero\u200bwidth\u200djoined\ufeff.",
    "👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 ✊🏿",
    "Ω≈ç√∫˜µ≤≥÷ ﷽ 田中さん ﾊﾝｶｸ 𝒳𝓨𝔃",
    "İstanbul ıı ßẞ ŉ ǰ",  # change length with case
    "line\u2028separator\u2029paragraph\u0085next",
    "tab\there \x0b\x0c\x1b[31mred\x07 bell",
    "null undefined None NaN true 0 -0 1e1000 0x10",
    "a" * 200,
    "W" * 200,
    "&lt;b&gt; &amp;amp; &#x41;",
    "\ufffd replacement \U0010ffff last",
    "Bcc: victim@example.com\tSubject: hello",
]

# What may stand in a line of its own: no control characters, nothing that turns the words round.
TITLES = [text for text in NAUGHTY if not any(sign in text for sign in "\u202e\u2028\u0085\x0b")]
