"""Texts as they stand in tickets, each to be read as it was typed: no line of them carries a marking."""

TECHNICAL_TEXTS = {
    "error code": "[ERROR]: 0x80070005",
    "link definitions": "[WARN]: disk full\n[1]: see below\n[x]: <y>",
    "network share": r"\\fileserver\dept$\_old\report.xlsx",
    "path with dots": r"C:\_archive\.logs\!new and C:\*.tmp, \\srv\a\\b",
    "unix paths": "/var/log/*.log ~/.ssh/config /srv/*/data/*/x src/**/test/**/x **/*.py",
    "patterns": "**/node_modules/** **/*.log, lib/** and **/build/** **\\\\bin\\\\**\n****secret**** *****",
    "names in code": "__init__.py __main__ snake_case_name _private_ *args, **kwargs f(**a, **b)",
    "sums": "5*6*7 and 2 ** 3 ** 4, 2**3**4, 3 * 4 * 5",
    "headings that are comments": "# apt update\n## not this\n#!/bin/sh\n#hashtag",
    "signature": "Regards\n--\nAnna\n\n-- \nAnna",
    "underlined": "Title\n=====\n\nPart\n----\n\nThing\n~~~~~\nbelow",
    "rules": "---\n***\n___\n* * *\n- - -\n*** ERROR ***\n***ERROR***",
    "entities": "&copy; &lt;b&gt; &#65; &amp; a&copy=1",
    "columns": "a.txt        12\nb.txt       140\n\tindented\n  a little\n          a lot",
    "empty lines": "one\n\n\n\ntwo\n   \nthree",
    "names that look like hosts": "setup.sh main.py README.md a.de x.zip anna@example.com example.com/x",
    "other schemes": "sip:anna@example.com ftp://host/x file:///C:/x javascript:alert(1) ssh://h skype:x",
    "links as in Markdown": "[text](http://a.example) ![x](http://a.example/x.png) [a][b] <http://a.example>",
    "percent": "https://a.example/a%20b%2Fc%C3%BC?x=%41 www.a.example/%7Euser",
    "escapes": r"\* \_ \# \[ \` \\ \n \t 100\% \"quoted\"",
    "regular expression": r"^(?:[a-z]+)\s*\*{1,2}_(?P<x>\d+)_$ [^*]*\*+(?:[^/*][^*]*\*+)*",
    "numbers": "1. yes\n3. no\n007. never\n2) two\n10) ten",
    "items": "- one\n  - inner\n    more of inner\n* other\n+ third\n-    far",
    "crontab": "* * * * * root /usr/bin/backup\n*/5 * * * * x\n0 3 * * 1 y",
    "access log": '- - [28/Nov/2026:10:00:00 +0100] "GET /a*b*c HTTP/1.1" 200 -\n10.0.0.1 - - [x]',
    "difference": "--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n-old\n- old\n+ new\n+new\n unchanged",
    "traceback": (
        "Traceback (most recent call last):\n"
        '  File "/srv/app/__init__.py", line 3, in <module>\n'
        "    raise ValueError(*args, **kwargs)\n"
        "    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "ValueError: [x]: __y__"
    ),
    "prompts": ">>> print('x')\n>>>x\nC:\\> dir /s *.log\n$ ls -la | grep _x_ > out.txt 2>&1\n>redirected",
    "shell": "if [[ $a == *b* ]]; then\n\techo ~~x~~ $(date) ; fi\nfoo && bar || baz # comment",
    "settings": "[section]\nkey = value ; comment\n; *x*\nother: [a, b]\n- name: x\n  run: |\n    a *b* c",
    "json": '{\n  "a_b_c": "*x*",\n  "d": [1, 2, {"e": null}],\n  "f": "\\u00e4\\n"\n}',
    "xml": '<?xml version="1.0"?>\n<a href="x">&amp;<!-- c --></a>\n<script>alert(1)</script>',
    "table": "| a | b |\n|---|:-:|\n| 1 | 2 |\n\n+---+---+\n| x | y |\n+---+---+",
    "mail headers": (
        "From: Anna <anna@example.com>\nSubject: =?utf-8?q?hello?= world\nMessage-ID: <1.2@x>\n\t folded"
    ),
    "stack of Java": "Caused by: a.b.C$D: x\n\tat a.b.C.d(C.java:12) ~[x.jar:?]\n\t... 13 more",
    "Windows error": "0xc000007b\tKERNELBASE.dll\tC:\\Windows\\*\\x.dll!_main+0x10\r",
    "registry": r"HKEY_LOCAL_MACHINE\SOFTWARE\_x\{4D36E96E-E325-11CE-BFC1-08002BE10318}",
    "SQL": "SELECT * FROM a WHERE b_c = '*' AND d LIKE '\\_%' -- *comment*",
    "fences that are none": "```\nnever closed\n\n``` x ` y\n~~~\ntext\n~~~\n\n    four blanks",
    "backticks that are none": "it`s don`t `open\n``x`y\na ` b\nc ` d",
    "stars in words": "un**frigging**believable **open and *one* _two_ __three__ ~~four~~ **two\nlines**",
    "math": "a < b > c, x_1^2 = y_{n+1}, 10 * (2 + 3) * 4 > 5, 3 > 2",
    "scripts": "密码 重置失败。 สวัสดี  שלום *עולם* é é ﬁ 🙂👍🏽",
    "citation": "as in [1], [2]: see (3) and * below",
    "line ends of other systems": "a\r\r\rb\r\n\r\n- c\n",
    "thumb": "👍",
}

# What is typed, and what of its HTML says that the marking was meant.
MARKINGS = {
    "see `a_b *c*` there": "<code>a_b *c*</code>",
    "`  two blanks  `": "<code>  two blanks  </code>",
    "``a ` b``": "<code>a ` b</code>",
    "please **restart now**, then wait": "<strong>restart now</strong>,",
    "(**x**)": "(<strong>x</strong>)",
    "请**重启**电脑": "<strong>重启</strong>",
    "```\n  a\n\tb  c\n```": "<pre><code>  a\n\tb  c\n</code></pre>",
    "```ERROR 42 in module\nx\n```": "<pre><small>ERROR 42 in module</small><code>x\n</code></pre>",
    "````\n```\n````": "<pre><code>```\n</code></pre>",
    "> a\n> b\nc": "<blockquote><p>a<br>b</p></blockquote><p>c</p>",
    ">\n> a": "<blockquote><p>a</p></blockquote>",
    "> a\n> > b": "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>",
    "1. yes\n3. no": "<ol><li><span>1. </span><div>yes</div></li><li><span>3. </span><div>no</div></li></ol>",
    "- a\n  - b": "<ul><li><span>- </span><div>a<ul><li><span>- </span><div>b</div></li></ul></div></li></ul>",
    "- a\nb": "<ul><li><span>- </span><div>a</div></li></ul><p>b</p>",
    "a\n\n\nb": "<p>a</p><br><br><p>b</p>",
    "see https://a.example/x?a=1&b=2.": '<a href="https://a.example/x?a=1&amp;b=2" ',
    "(https://a.example/x_(y)_*z)": '<a href="https://a.example/x_(y)_*z" ',
    "**https://a.example/x**": '<strong><a href="https://a.example/x" ',
    "WWW.a.example/%7Ex": '<a href="http://WWW.a.example/%7Ex" ',
    "mailto:a@b.example": '<a href="mailto:a@b.example" ',
    "tel:+49-89-1234": '<a href="tel:+49-89-1234" ',
}
