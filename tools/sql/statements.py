"""What a statement of a contract may be. Pure text work: nothing is run, SQLAlchemy is not imported.

A statement's text is fixed when the desk is read, and nothing here or in the connector ever builds one: values reach
the database as bound parameters alone. These checks tell the contract's author what would not do that, and what a tool
has no business with. That a read writes nothing is not taken from the text: it runs in a read-only transaction.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Literal

Form = Literal["one", "many", "write"]

BEGINS = {"one": ("SELECT", "WITH", "VALUES"), "many": ("SELECT", "WITH", "VALUES")}
WRITES = ("INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "REPLACE")
"""How a ``write`` may begin; everything else (DDL, COPY, PRAGMA, ATTACH, SET, CALL, DO …) is refused by that."""
_IN_READS = frozenset({"INSERT", "UPDATE", "DELETE", "MERGE", "INTO"})
_NOWHERE = frozenset({"ATTACH", "PRAGMA", "COPY", "TRUNCATE", "DROP", "ALTER", "GRANT", "VACUUM"})
_FUNCTIONS = re.compile(
    r"^(?:pg_(?!typeof$)\w+|lo_\w+|dblink\w*|nextval|setval|set_config|load_extension|readfile|writefile|edit|fts3_tokenizer"
    r"|(?:query|database|schema|table|cursor)_to_xml\w*|ts_stat|ts_rewrite|crosstab\w*|connectby|xpath_table"
    r"|xp_\w+|sys_\w+)$"
)
"""Functions that write, wait, read files, reach other servers or run text as SQL: even where all is read-only."""
_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<comment>--|/\*)
    |(?P<escape>[eE]'|[uU]&['"])
    |(?P<text>'(?:[^']|'')*')
    |(?P<quoted>"(?:[^"]|"")*"|`[^`]*`)
    |(?P<cast>::)
    |(?P<bind>:[A-Za-z_]\w*)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<number>\d[\w.]*)
    |(?P<open>['"`])
    |(?P<other>.)""",
    re.X | re.S,
)
_REFUSED = {
    ";": "holds `;`: one statement for each step",
    "{": "holds `{`: nothing is ever put into a statement's text; bind the value as `:name`",
    "}": "holds `}`: nothing is ever put into a statement's text; bind the value as `:name`",
    "?": "holds `?`: bind values as `:name`",
    "$": "holds `$`: bind values as `:name`",
    "@": "holds `@`: bind values as `:name`",
    "\\": "holds a backslash outside a text",
    "\0": "holds a null character",
}


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a statement."""

    kind: str
    text: str


def tokens(statement: str) -> list[Token]:
    """Split a statement; blanks are left out."""
    found = (Token(str(match.lastgroup), match[0]) for match in _TOKEN.finditer(statement))
    return [token for token in found if token.kind != "space"]


def problems(statement: str, form: Form) -> list[str]:
    """Return what keeps a statement from being used in a step of that form; empty: nothing."""
    found = tokens(statement)
    if not found:
        return ["is empty"]
    told = [told for token in found for told in _of_token(token)]
    told += _of_words(found, form)
    return list(dict.fromkeys(told))


def _of_token(token: Token) -> list[str]:
    if token.kind == "comment":
        return ["holds a comment: write it as a YAML comment above the statement"]
    if token.kind == "escape":
        return ["holds a text with escapes (E'…' or U&'…'): write it without"]
    if token.kind == "open":
        return ["holds a quotation mark that nothing closes"]
    if token.kind in {"text", "quoted"}:
        return _of_text(token.text)
    return [_REFUSED[token.text]] if token.text in _REFUSED else []


def _of_text(text: str) -> list[str]:
    told = [_REFUSED[mark] for mark in "{}\0" if mark in text]
    if re.search(r"(?<![:\w\\]):[A-Za-z_]\w*(?!:)", text):
        told.append("binds a name inside quotation marks: take it out of them and join with `||`")
    if re.search(r"%\(\w+\)s", text):
        told.append("holds `%(…)s`: nothing is ever put into a statement's text; bind the value as `:name`")
    return told


def _of_words(found: list[Token], form: Form) -> list[str]:
    words = [token.text.upper() for token in found if token.kind == "word"]
    allowed = WRITES if form == "write" else BEGINS[form]
    first = found[0].text.upper()
    told = []
    if first not in allowed:
        told.append(f"a `{form}` step begins with {', '.join(allowed[:-1])} or {allowed[-1]}")
    if form != "write":
        told += [f"`{form}` is for reading, and this has {word}: use `write`" for word in words if word in _IN_READS]
    elif first == "WITH" and not {"INSERT", "UPDATE", "DELETE", "MERGE"} & set(words):
        told.append("a `write` that writes nothing: use `one` or `many`")
    told += [f"has {word}, which no tool may do" for word in words if word in _NOWHERE]
    told += [f"calls {name}(), which no tool may do" for name in _called(found) if _FUNCTIONS.match(name)]
    return told


def _called(found: list[Token]) -> list[str]:
    """Return the names before an opening bracket, in small letters; quoting hides none."""
    return [
        name.text.strip('"`').lower()
        for name, bracket in itertools.pairwise(found)
        if bracket.text == "(" and name.kind in {"word", "quoted"}
    ]
