"""A key management service as the keeper of the deployment's key: the protocol, and what guards every call to one.

Named by ``FRONTDESK_KMS=module:factory``; ``examples/vault_transit.py`` is one for HashiCorp Vault. What is wrapped by
a service starts with the byte ``0x04``.
"""

from __future__ import annotations

import asyncio
import hmac
import importlib
from dataclasses import dataclass
from typing import Protocol

from frontdesk.errors import KeyServiceError, SettingsError
from frontdesk.graph.persistence.sealer import KEY_BYTES

VARIABLE = "FRONTDESK_KMS"
SECONDS = 5.0
"""For one call; a turn waits for it."""
MARK = b"\x04"


class KeyService(Protocol):
    """Encrypts and decrypts keys of 32 bytes; its own key never leaves it. Any exception means that it failed."""

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        """Return the key encrypted; ``context`` (where it is stored) is authenticated and not part of the answer."""
        ...

    async def unwrap(self, blob: bytes, context: bytes) -> bytes:
        """Return what ``wrap`` was given. It must fail for another context or an altered blob."""
        ...


@dataclass(frozen=True)
class GuardedService:
    """A service whose answers are checked: bounded in time, of the right form, and proven to be readable again."""

    service: KeyService
    seconds: float = SECONDS
    """After which a call counts as failed."""

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        """Wrap a key, and unwrap it once: what is sealed under a key that cannot be had again is lost.

        Raises:
            KeyServiceError: No answer in time, an error, or an answer that does not give the key back, or is the key.
        """
        blob = await self._asked("wrap", key, context)
        if key in blob:
            raise _failed("its answer to `wrap` holds the key itself")
        if not blob or not hmac.compare_digest(await self._asked("unwrap", blob, context), key):
            raise _failed("its answer to `wrap` does not give the key back")
        return MARK + blob

    async def unwrap(self, blob: bytes, context: bytes) -> bytes:
        """Return the key in a blob that :meth:`wrap` made.

        Raises:
            KeyServiceError: As :meth:`wrap`.
        """
        key = await self._asked("unwrap", blob.removeprefix(MARK), context)
        if len(key) != KEY_BYTES:
            raise _failed(f"its answer to `unwrap` is not a key of {KEY_BYTES} bytes")
        return key

    async def _asked(self, question: str, data: bytes, context: bytes) -> bytes:
        try:
            async with asyncio.timeout(self.seconds):
                answer: object = await getattr(self.service, question)(data, context)
        except TimeoutError:
            raise _failed(f"no answer to `{question}` within {self.seconds:g} s") from None
        except Exception as error:  # noqa: BLE001 - an adapter may raise anything, with the key in its text
            raise _failed(f"`{question}` failed ({type(error).__name__})") from None
        if not isinstance(answer, bytes):
            raise _failed(f"its answer to `{question}` is not bytes")
        return answer


def load_key_service(spec: str) -> GuardedService:
    """Make the service that a setting names.

    Args:
        spec: ``module:factory``, where ``factory()`` returns a :class:`KeyService`. It reads its own settings.

    Raises:
        SettingsError: Malformed, cannot be imported, or the factory failed.
    """
    module, _, name = spec.partition(":")
    if not module or not name.isidentifier():
        raise SettingsError(f"{VARIABLE}: write `module:factory`, such as `vault_transit:service`")
    try:
        made = getattr(importlib.import_module(module), name)()
    except ImportError as error:
        raise SettingsError(f"{VARIABLE}: `{module}` cannot be imported ({type(error).__name__})") from error
    except AttributeError as error:
        raise SettingsError(f"{VARIABLE}: `{module}` has no `{name}`, or that one lacks something") from error
    except Exception as error:  # noqa: BLE001 - a factory may raise anything, with a token in its text
        raise SettingsError(f"{VARIABLE}: `{spec}` failed ({type(error).__name__})") from None
    if not all(callable(getattr(made, method, None)) for method in ("wrap", "unwrap")):
        raise SettingsError(f"{VARIABLE}: what `{spec}` returns lacks `wrap` or `unwrap`")
    return GuardedService(made)


def _failed(what: str) -> KeyServiceError:
    return KeyServiceError(
        f"the key service ({VARIABLE}): {what}. Nothing is lost; what needs it works again once it answers"
    )
