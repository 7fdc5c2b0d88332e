"""Whether what was decided about a write still stands when it is sent: its record may have changed since.

Between question and effect a minute may pass, or a day where a second person is asked. What was agreed to is what the
question said, so a record that would word another question, or ask somebody who was not asked, stops the call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from frontdesk.tools.conditions import condition
from frontdesk.tools.jobs import Job
from frontdesk.tools.proposals import asked
from frontdesk.tools.reasons import refused
from frontdesk.tools.seals import Seals


@dataclass(frozen=True)
class Standing:
    """Holds a call against its record."""

    seals: Seals

    def check(self, job: Job, record: Mapping[str, Any]) -> None:
        """See that nobody has to be asked who was not, and nothing else would be asked.

        Args:
            job: A write that is about to be sent for the first time.
            record: What its precheck looks up now.

        Raises:
            ToolRefusedError: ``record_changed``; nothing was sent.
        """
        if job.undoes or job.cleared:
            return
        contract = job.contract
        unasked = not job.said and condition(contract.confirm).asks(record, job.declared)
        alone = not job.seconded and condition(contract.approval).asks(record, job.declared)
        question = asked(contract, job.masked, record) if job.shown else ""
        other = bool(question) and not self.seals.is_shown(job.shown, question)
        if unasked or alone or other:
            raise refused(contract.name, "record_changed")


__all__ = ["Standing"]
