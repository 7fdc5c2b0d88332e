"""One turn at a time per thread.

Two concurrent turns on one thread silently lose one of them: both read the same checkpoint. redis-py's lock does not
renew itself, so a task extends it; if the lock is lost all the same, the turn is cancelled.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from frontdesk.errors import ThreadBusyError
from frontdesk.graph.persistence.layout import tagged

LOCK = "lock"
"""Kind of the locks' keys: ``fd:{<thread>}:lock``, ``fd:{<person's mark>}:lock`` while a person is being erased."""
WAIT = 15.0
"""Seconds a second turn waits by default; a little more than a turn's usual time budget."""
LEASE = 15.0
"""Seconds after which the lock of a process that died is free; extended three times per lease while it lives.

Below the turn's usual budget, so that the first message after a crash waits for it and is answered; above twice the
slowest failover of Redis that was seen (4 s), so that a living turn does not lose its lock."""
POLL = 0.05
"""Seconds between two tries."""
RELEASING = 3.0
"""Seconds that giving a lock back may take: the customer waits for it, and it runs out by itself."""

logger = logging.getLogger(__name__)


class Locks(Protocol):
    """Hands out the lock of a thread."""

    def hold(self, thread_id: str, *, wait: float | None = None) -> AbstractAsyncContextManager[None]:
        """Hold a thread for the time of the body; ``wait`` is in seconds, None for the default.

        Raises:
            ThreadBusyError: Another turn held it for that long, or the lock was lost while the body ran.
        """
        ...


class RedisLocks:
    """Locks that hold across processes: ``fd:{thread}:lock``."""

    def __init__(self, client: Redis, *, wait: float = WAIT, lease: float = LEASE) -> None:
        """Take the client and the times in seconds."""
        self._client = client
        self._wait = wait
        self._lease = lease

    def hold(self, thread_id: str, *, wait: float | None = None) -> AbstractAsyncContextManager[None]:
        """See :class:`Locks`."""
        return thread_lock(self._client, thread_id, self._wait if wait is None else wait, self._lease)

    def seize(self, thread_id: str, *, wait: float | None = None) -> AbstractAsyncContextManager[None]:
        """Hold a thread as :meth:`hold` does; where it is not free in time, take it, which stops the turn that has it.

        For erasure alone. The body begins when that turn's process has noticed; it looks three times per lease.
        """
        return thread_lock(self._client, thread_id, self._wait if wait is None else wait, self._lease, seize=True)


class MemoryLocks:
    """Locks within one process and event loop."""

    def __init__(self, *, wait: float = WAIT) -> None:
        """Take the default wait in seconds."""
        self._wait = wait
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: defaultdict[str, int] = defaultdict(int)

    @asynccontextmanager
    async def hold(self, thread_id: str, *, wait: float | None = None) -> AsyncIterator[None]:
        """See :class:`Locks`."""
        lock = self._locks.setdefault(thread_id, asyncio.Lock())
        self._users[thread_id] += 1
        try:
            await self._acquire(lock, self._wait if wait is None else wait)
            try:
                yield
            finally:
                lock.release()
        finally:
            self._users[thread_id] -= 1
            if not self._users[thread_id]:
                del self._users[thread_id], self._locks[thread_id]

    async def _acquire(self, lock: asyncio.Lock, wait: float) -> None:
        if wait <= 0 and lock.locked():
            raise _busy()
        try:
            async with asyncio.timeout(wait if wait > 0 else None):
                await lock.acquire()
        except TimeoutError as error:
            raise _busy() from error


@asynccontextmanager
async def thread_lock(
    client: Redis, thread_id: str, wait: float = WAIT, lease: float = LEASE, *, seize: bool = False
) -> AsyncIterator[None]:
    """Hold a thread while the body runs.

    Args:
        client: A Redis client.
        thread_id: The server-made id.
        wait: Seconds to wait for another turn; 0 tries once.
        lease: Seconds the lock lives without a sign of life of this process.
        seize: Take the lock from another turn when it is not free in time.

    Raises:
        ThreadBusyError: Not free in time; or lost (the server restarted, the process was frozen), in which case the
            body was cancelled at its next await.
    """
    lock = Lock(client, tagged(thread_id, LOCK), timeout=lease, sleep=POLL, thread_local=False)
    seized = not await lock.acquire(blocking=wait > 0, blocking_timeout=wait)
    if seized:
        if not seize:
            raise _busy()
        lock.local.token = uuid.uuid4().hex.encode()
        await client.set(lock.name, lock.local.token, px=int(lease * 1000))
    holder = asyncio.current_task()
    assert holder is not None  # a coroutine always runs in a task
    lost = asyncio.Event()
    keeper = asyncio.create_task(_keep(lock, lease, holder, lost))
    try:
        if seized:
            await asyncio.sleep(lease / 2)
        yield
    except asyncio.CancelledError:
        if not lost.is_set():
            raise
        holder.uncancel()
        raise ThreadBusyError("the lock of the thread was lost; the turn was stopped") from None
    finally:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper
        await _release(lock)


async def _keep(lock: Lock, lease: float, holder: asyncio.Task[object], lost: asyncio.Event) -> None:
    """Extend the lock until cancelled; cancel its holder once it is lost, or about to run out unseen."""
    clock = asyncio.get_running_loop().time
    alive = clock()
    while True:
        await asyncio.sleep(lease / 3)
        try:
            await lock.extend(lease, replace_ttl=True)
            alive = clock()
        except LockError:
            break
        except RedisError:
            if clock() - alive > lease / 2:
                break
    lost.set()
    holder.cancel()


async def _release(lock: Lock) -> None:
    try:
        async with asyncio.timeout(RELEASING):
            await lock.release()
    except LockError:
        logger.warning("the lock of a thread ran out before its turn ended")
    except (RedisError, TimeoutError) as error:
        # it runs out by itself; the turn's result stands
        logger.warning("the lock of a thread could not be given back: %s", type(error).__name__)


def _busy() -> ThreadBusyError:
    return ThreadBusyError("another message of this conversation is still being answered; try again shortly")
