"""A desk folder as far as it could be read: records with their places, and the faults so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from frontdesk.desk.config import DeskConfig, Intent, Page, ToolContract
from frontdesk.desk.files import Document, Place
from frontdesk.desk.folder import files_of, misnamed, parse_file
from frontdesk.desk.names import choose
from frontdesk.desk.records import build, sound_part
from frontdesk.desk.shared import bundled
from frontdesk.errors import Fault
from frontdesk.prompts.book import Prompt
from frontdesk.prompts.template import PromptHeader, template_faults

R = TypeVar("R")
Model = TypeVar("Model", bound=BaseModel)

KINDS = {"schemas": "schema", "knowledge": "page", "tools": "tool", "prompts": "prompt"}
"""What the files of a folder are called in faults."""
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Entry(Generic[R]):
    """One record and where it came from."""

    record: R
    document: Document
    place: Place = ()

    def fault(self, place: Place, problem: str, remedy: str) -> Fault:
        """Make a fault that points at a value of this record."""
        return self.document.fault((*self.place, *place), problem, remedy)


@dataclass
class Draft:
    """What was read. A record with faults stands here without its faulty values, or not at all; its name is known."""

    root: Path
    config: Entry[DeskConfig] | None = None
    intents: list[Entry[Intent]] = field(default_factory=list)
    pages: list[Entry[Page]] = field(default_factory=list)
    tools: list[Entry[ToolContract]] = field(default_factory=list)
    prompts: list[Entry[Prompt]] = field(default_factory=list)
    names: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS.values()})
    """Names by kind, faulty records included, so that one fault does not cause ten."""
    shared: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """Schemas of the folder ``schemas`` by file name, for the contracts that refer to them."""
    faults: list[Fault] = field(default_factory=list)

    def faults_in(self, file: str) -> list[Fault]:
        """Return the faults found so far in one file."""
        return [fault for fault in self.faults if fault.file == file]


def read_draft(root: Path) -> Draft:
    """Read every file of a desk folder. Raises nothing: what is wrong stands in ``faults``."""
    draft = Draft(root)
    _read_config(draft)
    _read_intents(draft)
    readers: dict[str, Callable[[Draft, Document], None]] = {
        # first, because contracts take from them
        "schemas": _add_shared,
        "knowledge": _add_page,
        "tools": _add_tool,
        "prompts": _add_prompt,
    }
    for folder, reader in readers.items():
        for path, found in files_of(root, folder):
            document = _keep(draft, found)
            if document is not None:
                reader(draft, document)
            else:
                # an intent that names this page must not be blamed for the page's syntax
                _note_name(draft, KINDS[folder], path.stem)
    draft.faults.extend(misnamed(root))
    return draft


def _read_config(draft: Draft) -> None:
    document = _yaml(draft, "desk.yaml")
    if document is not None:
        record = _record(draft, DeskConfig, document, document.data, stand_ins={"name": "desk", "business": "desk"})
        draft.config = Entry(record, document) if record else None


def _read_intents(draft: Draft) -> None:
    document = _yaml(draft, "intents.yaml")
    if document is None:
        return
    for key in document.data:
        if key != "intents":
            draft.faults.append(document.fault((key,), f"unknown key `{key}`", choose(key, ["intents"])))
    items = document.data.get("intents")
    if not isinstance(items, list) or not items:
        remedy = "write `intents:` and below it a list of at least one intent"
        draft.faults.append(document.fault(("intents",), "there is no list of intents", remedy))
        return
    for index, item in enumerate(items):
        place: Place = ("intents", index)
        if not isinstance(item, dict):
            draft.faults.append(document.fault(place, "this intent is not a mapping", "write `- name: …` and so on"))
            continue
        record = _record(draft, Intent, document, item, place)
        if record:
            draft.intents.append(Entry(record, document, place))


def _add_page(draft: Draft, document: Document) -> None:
    _note_name(draft, "page", document.data.get("id"))
    if "body" in document.data:
        allowed = [name for name in Page.model_fields if name != "body"]
        draft.faults.append(document.fault(("body",), "unknown key `body`", choose("body", allowed)))
    record = _record(draft, Page, document, {**document.data, "body": document.body})
    if record:
        draft.pages.append(Entry(record, document))


def _add_shared(draft: Draft, document: Document) -> None:
    draft.shared[document.file.partition("/")[2]] = document.data


def _add_tool(draft: Draft, document: Document) -> None:
    _note_name(draft, "tool", document.data.get("name"))
    schemas = {key: bundled(document.data[key], draft.shared) for key in ("input", "output") if key in document.data}
    record = _record(draft, ToolContract, document, {**document.data, **schemas})
    if record:
        draft.tools.append(Entry(record, document))


def _add_prompt(draft: Draft, document: Document) -> None:
    _note_name(draft, "prompt", document.data.get("name"))
    header = _record(draft, PromptHeader, document, document.data)
    if header is None:
        return
    faults = template_faults(header, document)
    draft.faults.extend(faults)
    if not faults:
        draft.prompts.append(Entry(Prompt.of(header, document), document))


def _note_name(draft: Draft, kind: str, name: Any) -> None:
    if isinstance(name, str):
        draft.names[kind].add(name)


def _record(
    draft: Draft,
    model: type[Model],
    document: Document,
    data: Mapping[str, Any],
    place: Place = (),
    stand_ins: Mapping[str, Any] = _NOTHING,
) -> Model | None:
    """Build a record; one with faults is built again without the faulty values, so that the cross-checks still run."""
    record, faults = build(model, document, data, place)
    draft.faults.extend(faults)
    if record is None:
        record, _ = build(model, document, {**stand_ins, **sound_part(model, data)}, place)
    return record


def _yaml(draft: Draft, name: str) -> Document | None:
    return _keep(draft, parse_file(draft.root / name, name))


def _keep(draft: Draft, found: Document | Fault) -> Document | None:
    if isinstance(found, Fault):
        draft.faults.append(found)
        return None
    draft.faults.extend(found.faults)
    return found
