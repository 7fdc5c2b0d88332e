"""``frontdesk check``."""

from __future__ import annotations

from pathlib import Path

from frontdesk.desk.load import Desk
from frontdesk.desk.schemas import write_schemas
from frontdesk.errors import ConfigurationError, DeskError
from frontdesk.settings import load_settings


def check(name: str | None, schemas: Path | None) -> tuple[list[str], list[str], str]:
    """Check a desk.

    Args:
        name: A folder or the name of a desk that ships; by default the one that the settings name.
        schemas: A folder that gets the JSON Schemas too, or None.

    Returns:
        Lines that tell what was done; warnings, with which a desk can be opened all the same; and the listing of all
        faults, empty where there are none.

    Raises:
        SettingsError: A variable is wrong.
        OSError: The schemas cannot be written.
    """
    done = [f"wrote {path}" for path in write_schemas(schemas)] if schemas is not None else []
    try:
        desk = Desk.load(name or load_settings().desk)
    except DeskError as error:
        return done, [], str(error)
    # here, because guardrails-ai takes 1 to 2 s to import
    from frontdesk.cli.withheld import page_warnings
    from frontdesk.nodes.guard.guard import InputGuardRail

    try:
        guard = InputGuardRail(desk.config)
    except ConfigurationError as error:
        return done, [], f"desk.yaml: {error}"
    counts = f"{len(desk.intents)} intents, {len(desk.pages)} pages, {len(desk.tools)} tools"
    return [*done, f"{desk.config.name}: {counts}, no faults"], page_warnings(desk, guard), ""
