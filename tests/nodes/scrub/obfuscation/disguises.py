"""Ways to write a number so that a person still reads it. Each takes groups of digits and returns a text.

Where the text holds more than the number, the number stands between ``⟦`` and ``⟧``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Groups = Sequence[str]
Disguise = Callable[[Groups], str]

WORDS = {
    "English": "zero one two three four five six seven eight nine",
    "German": "null eins zwei drei vier fünf sechs sieben acht neun",
    "French": "zéro un deux trois quatre cinq six sept huit neuf",
    "Spanish": "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "Italian": "zero uno due tre quattro cinque sei sette otto nove",
    "Dutch": "nul een twee drie vier vijf zes zeven acht negen",
    "Portuguese": "zero um dois três quatro cinco seis sete oito nove",
}
SCRIPTS = {
    "Arabic-Indic": 0x660, "Persian": 0x6F0, "Devanagari": 0x966, "Bengali": 0x9E6, "Thai": 0xE50, "Tamil": 0xBE6,
    "Gujarati": 0xAE6, "Khmer": 0x17E0, "Burmese": 0x1040, "Tibetan": 0xF20, "Mongolian": 0x1810, "full width": 0xFF10,
    "mathematical bold": 0x1D7CE, "double-struck": 0x1D7D8, "monospace": 0x1D7F6, "subscripts": 0x2080,
    "segmented": 0x1FBF0,
}  # fmt: skip
"""First digit of each."""
TABLES = {
    "superscripts": "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "circled": "⓪①②③④⑤⑥⑦⑧⑨",
    "white on black": "⓿❶❷❸❹❺❻❼❽❾",
    "Chinese": "〇一二三四五六七八九",
}
BETWEEN_DIGITS = {
    "spaces": " ", "dashes": "-", "dots": ".", "commas": ", ", "slashes": "/", "underscores": "_", "pipes": "|",
    "middle dots": "·", "bullets": " • ", "tildes": "~", "stars": "*", "no-break spaces": "\u00a0",
}  # fmt: skip
BETWEEN_GROUPS = {
    "two spaces": "  ", "dash": "-", "spaced dash": " - ", "en dash": "–", "em dash": " — ", "dot": ".", "comma": ", ",
    "slash": " / ", "backslash": "\\", "colon": ":", "semicolon": "; ", "pipe": " | ", "star": "*", "plus": "+",
    "underscore": "_", "tilde": "~", "hash": "#", "arrow": " -> ", "ellipsis": "...", "tab": "\t",
    "thin space": "\u2009", "ideographic space": "\u3000", "figure space": "\u2007", "line": "\n", "two lines": "\n\n",
    "Windows line": "\r\n", "bulleted lines": "\n- ", "starred lines": "\n* ", "then": " then ",
    "and then": ", and then ", "comma then": ", then ", "next line then": "\nthen ", "dann": " dann ",
    "puis": ", puis ", "luego": " luego ", "poi": " poi ", "depois": " depois ", "line separator": "\u2028",
}  # fmt: skip
INVISIBLE = {
    "zero-width spaces": "\u200b", "zero-width joiners": "\u200d", "zero-width non-joiners": "\u200c",
    "word joiners": "\u2060", "byte order marks": "\ufeff", "soft hyphens": "\u00ad", "left-to-right marks": "\u200e",
    "right-to-left marks": "\u200f", "right-to-left embedding": "\u202b\u202c", "isolates": "\u2066\u2069",
    "tags": "\U000e0061", "variation selectors": "\ufe0f", "more variation selectors": "\U000e0101",
    "invisible separators": "\u2063", "Hangul fillers": "\u3164", "grapheme joiners": "\u034f",
    "strike-through": "\u0336", "underlines": "\u0332", "acute accents": "\u0301", "enclosing circles": "\u20dd",
    "Mongolian vowel separators": "\u180e", "null characters": "\x00", "Zalgo": "\u0315\u035c\u0327",
}  # fmt: skip
LETTERS = {
    "O for 0": ("0", "O"), "o for 0": ("0", "o"), "l for 1": ("1", "l"), "I for 1": ("1", "I"), "S for 5": ("5", "S"),
    "B for 8": ("8", "B"), "bar for 1": ("1", "|"), "Cyrillic O for 0": ("0", "О"), "Greek omicron for 0": ("0", "ο"),
}  # fmt: skip
AROUND = {
    "bold groups": "**{}**", "bold underscored": "__{}__", "italic groups": "*{}*", "code groups": "`{}`",
    "struck groups": "~~{}~~", "round brackets": "({})", "square brackets": "[{}]", "braces": "{{{}}}",
    "quotes": '"{}"', "single quotes": "'{}'", "HTML bold": "<b>{}</b>", "HTML spans": "<span>{}</span>",
}  # fmt: skip
INSIDE = {
    "code block": "```\n{}\n```", "JSON": '{{"value": "{}", "ok": true}}', "XML": "<value>{}</value>",
    "CSV": "id,value,note\n7,{},x", "semicolon CSV": "7;{};x", "query": "https://shop.example/pay?value={}&lang=en",
    "YAML": "value: {}\nnote: x", "quoted mail": "> hello\n> {}\n> bye", "HTML cell": "<td>{}</td>", "log": "value={} ok=1",
    "table": "| value | {} |", "Python": "pay(value='{}')", "environment": "VALUE={}",
}  # fmt: skip


def join(separator: str) -> Disguise:
    """Groups with a separator between them."""
    return lambda groups: separator.join(groups)


def every(separator: str) -> Disguise:
    """A separator after each digit."""
    return lambda groups: separator.join("".join(groups))


def mapped(table: dict[str, str], gap: str = " ") -> Disguise:
    """Each digit replaced."""
    return lambda groups: gap.join("".join(table.get(char, char) for char in group) for group in groups)


def spoken(words: str) -> Disguise:
    """Each digit as a word."""
    names = dict(zip("0123456789", words.split(), strict=True))
    return lambda groups: " ".join(names.get(char, char) for char in "".join(groups))


def half_spoken(words: str) -> Disguise:
    """Every other group in words."""
    say = spoken(words)
    return lambda groups: " ".join(say([group]) if index % 2 else group for index, group in enumerate(groups))


def doubled(groups: Groups) -> str:
    """As people dictate: "double four", "triple one"."""
    said: list[str] = []
    text, at = "".join(groups), 0
    names = dict(zip("0123456789", WORDS["English"].split(), strict=True))
    while at < len(text):
        size = 3 if text[at] * 3 == text[at : at + 3] else 2 if text[at] * 2 == text[at : at + 2] else 1
        said.append(("", "double ", "triple ")[size - 1] + names.get(text[at], text[at]))
        at += size
    return " ".join(said)


def around(form: str) -> Disguise:
    """Marks around each group."""
    return lambda groups: " ".join(map(form.format, groups))


def first_marked(groups: Groups) -> str:
    """Only the first group emphasised, as in "**4111** 1111"."""
    return " ".join([f"**{groups[0]}**", *groups[1:]])


def encoded(form: str) -> Disguise:
    """Each character by its number."""
    return lambda groups: "".join(form.format(ord(char)) for char in "".join(groups))


def inside(form: str, gap: str) -> Disguise:
    """The number as a part of something for machines."""
    return lambda groups: form.format(f"⟦{gap.join(groups)}⟧")


def _all() -> dict[str, Disguise]:
    found: dict[str, Disguise] = {"plain": join(" "), "glued": join(""), "double and triple": doubled}
    found["first group bold"] = first_marked
    found |= {f"digit by digit, {name}": every(sign) for name, sign in BETWEEN_DIGITS.items()}
    found |= {f"groups, {name}": join(sign) for name, sign in BETWEEN_GROUPS.items()}
    found |= {f"{name} inside": every(sign) for name, sign in INVISIBLE.items()}
    found |= {f"{name} words": spoken(words) for name, words in WORDS.items()}
    found |= {f"{name} words and digits": half_spoken(words) for name, words in WORDS.items()}
    for name, first in SCRIPTS.items():
        found[f"{name} digits"] = mapped({str(digit): chr(first + digit) for digit in range(10)})
    found |= {f"{name} digits": mapped(dict(zip("0123456789", row, strict=True))) for name, row in TABLES.items()}
    found["keycaps"] = mapped({str(digit): f"{digit}\ufe0f\u20e3" for digit in range(10)})
    found |= {name: mapped(dict([pair])) for name, pair in LETTERS.items()}
    found |= {name: around(form) for name, form in AROUND.items()}
    found |= {f"in {name}": inside(form, "") for name, form in INSIDE.items()}
    found |= {f"grouped in {name}": inside(form, " ") for name, form in INSIDE.items() if name != "query"}
    found["percent-encoded"] = encoded("%{:02X}")
    found["spaces as %20"] = join("%20")
    found["spaces as plus"] = join("+")
    found["decimal entities"] = encoded("&#{};")
    found["hexadecimal entities"] = encoded("&#x{:x};")
    found["entities between"] = join("&nbsp;")
    found["escapes"] = encoded("\\u{:04x}")
    return found


DISGUISES = _all()
