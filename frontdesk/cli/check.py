"""``frontdesk check``."""

from __future__ import annotations

import os
from pathlib import Path

from frontdesk.desk.advice import model_warnings
from frontdesk.desk.draft import read_draft
from frontdesk.desk.load import Desk
from frontdesk.desk.pricing import price_warnings
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
    from frontdesk.cli.withheld import line, page_warnings
    from frontdesk.models.embedders.build import require
    from frontdesk.nodes.guard.guard import InputGuardRail

    try:
        require(desk.config.routing.embeddings, os.environ)
        guard = InputGuardRail(desk.config)
    except ConfigurationError as error:
        return done, [], f"desk.yaml: {error}"
    config = read_draft(desk.root).config
    odd = [*model_warnings(config), *price_warnings(config)] if config else []
    models = [line(fault) for fault in odd]
    counts = f"{len(desk.intents)} intents, {len(desk.pages)} pages, {len(desk.tools)} tools"
    return [*done, f"{desk.config.name}: {counts}, no faults"], [*models, *page_warnings(desk, guard)], ""
