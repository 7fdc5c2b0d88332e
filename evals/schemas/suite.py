"""Judges the cases of the JSON Schema suite: as a contract's schema, and by jsonschema alone."""

from __future__ import annotations

import copy
import functools
import importlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import referencing
from referencing.jsonschema import DRAFT202012

from frontdesk.desk.files import Document, parse_yaml
from frontdesk.errors import ConfigurationError
from frontdesk.evals.lines import read_records
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.schema import Schema, import_jsonschema

DRAFT = "draft2020-12"
FORMATS = "optional/format/"
"""Files of the suite whose cases expect that formats are asserted."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case of the suite and the two judgements on it."""

    id: str
    file: str
    words: str
    """What the suite says that it is about."""
    expected: bool
    ours: str
    """``valid``, ``invalid``, ``refused`` (the contract is not loaded) or ``error``, which must not be."""
    plain: str
    """jsonschema's: ``valid``, ``invalid`` or ``error``."""

    @property
    def known(self) -> bool:
        """Whether jsonschema itself judges it as the suite expects."""
        return self.plain == _word(valid=self.expected)

    @property
    def agrees(self) -> bool:
        """Whether we judge it as the suite expects."""
        return self.ours == _word(valid=self.expected)


def judged(folder: Path) -> Iterator[Case]:
    """Yield every 2020-12 case of the suite in ``folder`` (``cases.jsonl``, ``remotes.jsonl``).

    Raises:
        DataError: A file cannot be read.
    """
    documents = {record["uri"]: record["schema"] for _, record in read_records(folder / "remotes.jsonl")}
    standard = importlib.import_module("jsonschema_specifications").REGISTRY
    registry = standard.with_resources(
        (uri, referencing.Resource.from_contents(schema, default_specification=DRAFT202012))
        for uri, schema in documents.items()
    )
    loaded: dict[str, Schema | None] = {}
    for _, record in read_records(folder / "cases.jsonl"):
        if record["draft"] != DRAFT:
            continue
        text = json.dumps(record["schema"])
        if text not in loaded:
            loaded[text] = _contracted(record["schema"], documents)
        words = f"{record['group']}: {record['description']}"
        ours, plain = _ours(loaded[text], record["data"]), _plain(record, registry)
        yield Case(record["id"], record["file"], words, record["valid"], ours, plain)


def _contracted(schema: Any, documents: Mapping[str, Any]) -> Schema | None:
    """Write a schema into a contract, read that as a desk's file is read, and compile it; None: not loaded."""
    contract = {
        "name": "suite",
        "description": "A case of the suite.",
        "effect": "read",
        # a contract's schema is a mapping; the schemas true and false have no other form
        "input": schema if isinstance(schema, dict) else {"allOf": [schema]},
        "output": {},
        "connector": {"kind": "python"},
    }
    document = parse_yaml(json.dumps(contract, ensure_ascii=False), "tools/suite.yaml")
    if not isinstance(document, Document) or document.faults:
        return None
    try:
        return Schema(ToolContract.model_validate(document.data).input, "suite", documents)
    except ConfigurationError:
        return None


def _ours(schema: Schema | None, value: Any) -> str:
    if schema is None:
        return "refused"
    try:
        problems, broken = schema.problems(value), schema.broken(value)
    except Exception:  # noqa: BLE001 - that none comes is what is measured
        return "error"
    return _word(valid=not problems) if bool(problems) == bool(broken) else "error"


@functools.cache
def _formats() -> Any:
    """Return jsonschema's own checker, with the IRI grammar that we import late."""
    checker = copy.copy(import_jsonschema().Draft202012Validator.FORMAT_CHECKER)
    grammar = importlib.import_module("rfc3987_syntax")
    checker.checkers = {
        **checker.checkers,
        "iri": (lambda text: not isinstance(text, str) or grammar.is_valid_syntax("iri", text), ()),
        "iri-reference": (lambda text: not isinstance(text, str) or grammar.is_valid_syntax("iri_reference", text), ()),
    }
    return checker


def _plain(record: Mapping[str, Any], registry: Any) -> str:
    validator = import_jsonschema().Draft202012Validator
    checker = _formats() if record["file"].startswith(FORMATS) else None
    try:
        return _word(
            valid=validator(record["schema"], registry=registry, format_checker=checker).is_valid(record["data"])
        )
    except Exception:  # noqa: BLE001 - whatever it trips over, it does not judge the case
        return "error"


def _word(*, valid: bool) -> str:
    return "valid" if valid else "invalid"


def figures(cases: Sequence[Case]) -> dict[str, Any]:
    """Return the counts, and every difference to a case that jsonschema itself passes."""
    known = [case for case in cases if case.known]
    different = [case for case in known if not case.agrees]
    return {
        "cases": len(cases),
        "jsonschema_agrees": len(known),
        "agree_of_those": len(known) - len(different),
        "agree": sum(case.agrees for case in cases),
        "ours_only": sum(case.agrees and not case.known for case in cases),
        "refused": sum(case.ours == "refused" for case in cases),
        "errors": sum(case.ours == "error" for case in cases),
        "differences": different,
    }
