"""From ruamel.yaml's nodes to plain values, keeping the line of each and collecting what is not allowed."""

from __future__ import annotations

import math
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from frontdesk.errors import Fault

_TAG = "tag:yaml.org,2002:"
_TRUE = frozenset({"true", "True", "TRUE"})
_MAX_DEPTH = 60


def compose(text: str, file: str, first_line: int) -> Node | Fault | None:
    """Return the root node (None for an empty text), or the syntax error as a fault."""
    try:
        root: Node | None = YAML(typ="safe", pure=True).compose(text)
    except ReaderError as error:
        line = text.count("\n", 0, error.position or 0) + first_line
        return Fault(file, line, "a control character is not allowed in YAML", "remove it, or write it as an escape")
    except MarkedYAMLError as error:
        return _syntax_fault(error, text, file, first_line)
    except (YAMLError, ValueError):
        return Fault(file, first_line, "the YAML cannot be read", "check its syntax")
    except RecursionError:
        return Fault(file, first_line, "the YAML is nested too deeply", f"keep it under {_MAX_DEPTH} levels")
    return root


def _syntax_fault(error: MarkedYAMLError, text: str, file: str, first_line: int) -> Fault:
    mark = error.problem_mark or error.context_mark
    number = mark.line if mark else 0
    lines = text.split("\n")
    # an unclosed quote is found at the end of the text; where it was opened is what the author needs
    if number >= len(lines) - 1 and error.context_mark is not None:
        number = error.context_mark.line
    shown = lines[number] if number < len(lines) else ""
    if shown[: len(shown) - len(shown.lstrip())].count("\t"):
        return Fault(file, first_line + number, "a tab indents this line", "indent with spaces")
    if "another document" in str(error.problem):
        return Fault(file, first_line + number, "a second YAML document begins here", "keep one document per file")
    problem = error.problem or "the YAML cannot be read"
    return Fault(file, first_line + number, f"YAML syntax: {problem}", "check indentation, quotes and colons")


class Converter:
    """One pass over the nodes of a document."""

    def __init__(self, file: str, first_line: int) -> None:
        """Take the name that faults give the file, and the line on which its YAML begins."""
        self.file = file
        self.first_line = first_line
        self.lines: dict[tuple[str | int, ...], int] = {}
        """Line of each place."""
        self.faults: list[Fault] = []
        """Everything found that is not allowed, in order."""
        self._seen: set[int] = set()

    def value(self, node: Node, place: tuple[str | int, ...]) -> Any:
        """Return the plain value of a node: dict, list, str, int, float, bool or None."""
        self.lines.setdefault(place, self._line(node))
        if id(node) in self._seen:
            # an alias is the very node of its anchor, so only the place tells where it is used
            fault = Fault(self.file, self.lines[place], "an alias (`*name`) is used", "write the value out")
            self.faults.append(fault)
            return None
        self._seen.add(id(node))
        if len(place) > _MAX_DEPTH:
            self._fault(node, "the YAML is nested too deeply", f"keep it under {_MAX_DEPTH} levels")
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, place)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*place, index)) for index, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: MappingNode, place: tuple[str | int, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key is None:
                continue
            if key in result:
                first = self.lines[(*place, key)]
                self._fault(key_node, f"the key `{key}` stands twice (first in line {first})", "keep one of the two")
                continue
            self.lines[(*place, key)] = self._line(key_node)
            result[key] = self.value(value_node, (*place, key))
        return result

    def _key(self, node: Node) -> str | None:
        if isinstance(node, ScalarNode) and node.tag == _TAG + "str":
            return str(node.value)
        self._fault(node, "a key is not text", "put the key in quotes")
        return None

    def _scalar(self, node: Node) -> Any:
        text = str(node.value)
        kind = str(node.tag).removeprefix(_TAG)
        if kind in {"str", "timestamp"}:
            if any("\ud800" <= char <= "\udfff" for char in text):
                self._fault(node, "the text holds half of a surrogate pair", "write the character itself")
                return ""
            return text
        if kind == "null":
            return None
        if kind == "bool":
            return text in _TRUE
        if kind in {"int", "float"}:
            return self._number(node, text, kind)
        self._fault(node, f"the tag `{node.tag}` is not allowed", "remove the tag")
        return None

    def _number(self, node: Node, text: str, kind: str) -> int | float | None:
        plain = text.replace("_", "")
        try:
            if kind == "int":
                return int(plain, 0 if plain.lstrip("+-")[:2].lower() in {"0x", "0o"} else 10)
            result = float(plain)
        except ValueError:
            # .inf and .nan, which Python spells without the dot, and integers of thousands of digits
            result = math.nan
        if not math.isfinite(result):
            self._fault(
                node, "the value is not a usable number", "write an ordinary number, or quote it to make it text"
            )
            return None
        return result

    def _line(self, node: Node) -> int:
        return self.first_line + int(node.start_mark.line)

    def _fault(self, node: Node, problem: str, remedy: str) -> None:
        self.faults.append(Fault(self.file, self._line(node), problem, remedy))
