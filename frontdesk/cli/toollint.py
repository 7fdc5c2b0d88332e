"""``frontdesk tools lint``: faults and advice on contracts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from frontdesk.errors import ConfigurationError

if TYPE_CHECKING:
    from frontdesk.desk.draft import Draft
    from frontdesk.errors import Fault

PLACES = ("tools/", "schemas/", "desk.yaml")
"""Where contracts and their connections stand."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, or a piece of advice."""

    level: Literal["fault", "advice"]
    file: str
    line: int
    problem: str
    remedy: str

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return asdict(self)

    def __str__(self) -> str:
        """Return ``file:line: level: problem; remedy``."""
        return f"{self.file}:{self.line}: {self.level}: {self.problem}; {self.remedy}"


def linted(desk: str | None, *, connectors: bool = False) -> list[Finding]:
    """Return all faults of a desk's contracts and connections, then the advice, each in file and line order.

    Args:
        desk: A folder, or the name of a desk that ships; by default the one that the settings name.
        connectors: Also build the connectors and have them look at the contracts of their kind: that imports the
            desk's own functions and asks for the secrets that connections name. Nothing is contacted.

    Raises:
        DeskError: There is no such folder.
    """
    from frontdesk.desk.check import examine
    from frontdesk.desk.checks.tooladvice import tool_advice
    from frontdesk.desk.locate import locate
    from frontdesk.settings import load_settings, quiet_environment

    quiet_environment()
    draft = examine(locate(desk or load_settings().desk))
    faults = [fault for fault in draft.faults if fault.file.startswith(PLACES)]
    if connectors:
        faults += [fault for fault in _connectors(draft) if fault not in faults]
    advice = sorted(tool_advice(draft), key=lambda one: (one.file, one.line, one.problem))
    return [*(_finding("fault", one) for one in faults), *(_finding("advice", one) for one in advice)]


def report(found: Sequence[Finding]) -> Iterator[str]:
    """Yield the findings for a terminal, and their numbers."""
    yield from map(str, found)
    faults = sum(one.level == "fault" for one in found)
    yield f"{faults} fault{'' if faults == 1 else 's'}, {len(found) - faults} advice"


def _finding(level: Literal["fault", "advice"], fault: Fault) -> Finding:
    return Finding(level, fault.file, fault.line, fault.problem, fault.remedy)


def _connectors(draft: Draft) -> Iterator[Fault]:
    from frontdesk.tools.backend import Resources
    from frontdesk.tools.database import open_engine
    from frontdesk.tools.registry import backends, kinds

    connections = draft.config.record.connections if draft.config else {}
    # stands for the desk's own database, which has not to be there yet
    own = open_engine("sqlite+aiosqlite://")
    resources = Resources(draft.root, engine=own, connections=connections, environment=dict(os.environ))
    # what the desk itself holds is checked with the contract, and needs the stores
    for kind in sorted({entry.record.connector.kind for entry in draft.tools} & set(kinds()) - {"desk"}):
        ours = [entry for entry in draft.tools if entry.record.connector.kind == kind]
        try:
            backend = backends([kind], resources)[kind]
        except ConfigurationError as error:
            yield ours[0].fault(("connector",), f"connector {kind}: {error}", "mend it in desk.yaml or the environment")
            continue
        for entry in ours:
            for problem in backend.check(entry.record):
                remedy = f"see docs/gateway.md on the connector {kind}"
                yield entry.fault(("connector", "options"), f"connector {kind}: {problem}", remedy)


__all__ = ["Finding", "linted", "report"]
