"""Hosted models, built when first used and kept; one that cannot be built is not tried again."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from langchain_core.language_models.chat_models import BaseChatModel

from frontdesk.desk.modelling import Link
from frontdesk.models.causes import LinkError
from frontdesk.models.hosted import Factory
from frontdesk.models.links import Identity, identity

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pool:
    """The models of one process."""

    factory: Factory
    _built: dict[Identity, BaseChatModel | LinkError] = field(default_factory=dict, repr=False)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    def usable(self, link: Link) -> bool:
        """Whether a link's model was built, or was not tried so far."""
        return not isinstance(self._built.get(identity(link)), LinkError)

    async def get(self, link: Link) -> BaseChatModel:
        """Return a link's model.

        Raises:
            LinkError: ``auth``: no key, no library, an unknown provider. Nobody was asked, so no breaker counts it.
        """
        name = identity(link)
        if name not in self._built:
            async with self._lock:
                if name not in self._built:
                    self._built[name] = await self._build(link)
        built = self._built[name]
        if isinstance(built, LinkError):
            raise LinkError(built.cause, counts=False)
        return built

    async def _build(self, link: Link) -> BaseChatModel | LinkError:
        try:
            # seconds of imports and of certificate loading must not stop the event loop
            return await asyncio.to_thread(self.factory, link)
        # no key, no library, an unknown provider: each library has its own exception, and the chain goes on
        except Exception as error:  # noqa: BLE001
            told = type(error).__name__
            logger.error("model %s cannot be built: %s; check its name, key, package", link.model, told)
            return LinkError("auth")


__all__ = ["Pool"]
