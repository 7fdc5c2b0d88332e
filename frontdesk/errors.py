"""Every error that frontdesk raises on purpose.

FrontdeskError
├── ConfigurationError            the operator must act
│   ├── DeskError                 a desk folder has faults; all of them are listed
│   ├── SettingsError             an environment variable or a settings file is wrong
│   ├── DataError                 a file given to a command cannot be read, or a line of it is wrong
│   └── RedisUnavailableError     no usable Redis server; says what was tried
├── RequestError                  the caller must act
│   ├── MessageError              empty, too long, or not text
│   ├── ThreadError               unknown thread, or a thread of somebody else
│   │   └── ThreadErasedError     the thread was erased while the request was on its way
│   ├── PersonError               nobody, or nobody in particular, is named for an erasure or a hold
│   ├── CapsuleError              a capsule that cannot be opened, has expired, or would be too long
│   ├── ApprovalError             nothing of that kind waits for an approval, or not for this person's
│   ├── ConsentError              a purpose that the desk does not offer, or nobody who could allow it
│   └── ThreadBusyError           another turn holds the thread
├── ModelError                    a model could not answer; the next link of the chain is tried
├── ToolError                     a tool call did not happen, or nobody knows whether it did
│   ├── ToolRefusedError          not allowed or not valid; nothing happened
│   ├── ToolFailedError           the backend answered with an error; nothing happened
│   └── ToolUnknownError          the backend may have done it; a person or a lookup must find out
├── ReceiptError                  a receipt of an erasure does not prove what it says
│   ├── MalformedReceiptError     not a receipt at all
│   ├── ForeignReceiptError       signed with another key
│   └── TamperedReceiptError      altered after it was signed
├── AuditError                    the audit's chain cannot be appended to, read or exported as it is
├── ScrubError                    a text could not be searched for personal data; it goes nowhere
└── SealError                     a stored value cannot be opened (wrong or missing key, or altered)
    └── KeyServiceError           the key service does not answer, or answers nonsense; nothing is lost

No message and no attribute of these classes carries personal data or a customer's words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class FrontdeskError(Exception):
    """Base of all errors raised on purpose."""


class ConfigurationError(FrontdeskError):
    """The operator must act: something about the deployment is wrong."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a desk folder: where it is, what is wrong, and what would be right."""

    file: str
    """Path relative to the desk folder."""
    line: int
    """1-based line; 1 where the fault concerns the file as a whole."""
    problem: str
    """What is wrong."""
    remedy: str
    """What would be right, with the allowed values where there is a closed list."""

    def __str__(self) -> str:
        """Return ``file:line: problem; remedy``."""
        return f"{self.file}:{self.line}: {self.problem}; {self.remedy}"


class DeskError(ConfigurationError):
    """A desk folder has faults; ``faults`` lists all of them, in file and line order."""

    def __init__(self, desk: str, faults: Sequence[Fault]) -> None:
        """Take the desk's path and its faults."""
        self.desk = desk
        self.faults = tuple(faults)
        listing = "\n".join(f"  {fault}" for fault in self.faults)
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        super().__init__(f"{desk}: {count}\n{listing}")


class SettingsError(ConfigurationError):
    """An environment variable or a settings file is wrong."""


class DataError(ConfigurationError):
    """A file given to a command cannot be read, or a line of it is wrong; names file, line and what would be right."""


class RedisUnavailableError(ConfigurationError):
    """No usable Redis (with the Search and JSON modules) was found; the message says what was tried."""


class RequestError(FrontdeskError):
    """The caller must act: the request cannot be served as it is."""


class MessageError(RequestError):
    """The message is empty, too long, or not valid text."""


class ThreadError(RequestError):
    """The thread does not exist or belongs to somebody else (the two are not told apart)."""


class ThreadErasedError(ThreadError):
    """The thread was erased while the request was on its way; nothing is written to it any more."""


class PersonError(RequestError):
    """An erasure or a hold names nobody, nobody in particular, or nothing that can be done."""


class CapsuleError(RequestError):
    """A capsule cannot be opened, has expired, or is too long; nothing of it was used."""


class ConsentError(RequestError):
    """Nothing can be allowed or refused: no such purpose at this desk, or a caller who has not signed in."""


class ApprovalError(RequestError):
    """Nothing of that kind waits for an approval: there is none, it is over, it is theirs, or they may not approve."""


class ThreadBusyError(RequestError):
    """Another turn holds the thread, and it did not finish within the wait."""


class ModelError(FrontdeskError):
    """A model could not answer: timeout, refused, rate limited, cut off, or malformed."""


class ToolError(FrontdeskError):
    """A tool call did not happen, or nobody knows whether it did."""

    def __init__(self, tool: str, reason: str, message: str) -> None:
        """Take the tool's name, a closed reason such as ``not_owner``, and a text for the model to read."""
        self.tool = tool
        self.reason = reason
        super().__init__(message)


class ToolRefusedError(ToolError):
    """Not allowed or not valid; nothing happened."""


class ToolFailedError(ToolError):
    """The backend answered with an error; nothing happened."""

    def __init__(self, tool: str, reason: str, message: str, retry_after: float | None = None) -> None:
        """Take what :class:`ToolError` takes, and in how many seconds the backend says that it takes calls again."""
        super().__init__(tool, reason, message)
        self.retry_after = retry_after


class ToolUnknownError(ToolError):
    """The backend may have done it: it must be looked up, never blindly retried."""


class ReceiptError(FrontdeskError):
    """A receipt of an erasure does not prove what it says."""


class MalformedReceiptError(ReceiptError):
    """Not a receipt, or not a public key, at all."""


class ForeignReceiptError(ReceiptError):
    """A receipt that was signed with another key than those given."""


class TamperedReceiptError(ReceiptError):
    """A receipt that was altered after it was signed."""


class AuditError(FrontdeskError):
    """The audit's chain cannot be appended to, read or exported as it is; the text says why."""


class ScrubError(FrontdeskError):
    """A text could not be searched for personal data: nothing of it may go any further."""


class SealError(FrontdeskError):
    """A stored value cannot be opened: the key is missing or wrong, or the value was altered."""


class KeyServiceError(SealError):
    """The key service (``FRONTDESK_KMS``) did not answer in time, or not with what was asked for; nothing is lost."""
