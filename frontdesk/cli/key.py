"""``frontdesk key``: print a new key, tell which keys are in use, move what is sealed to the current one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from frontdesk.graph.persistence.rotation import Rewrapped, Usage
    from frontdesk.graph.persistence.sealer import Sealer

group = typer.Typer(name="key", invoke_without_command=True, help="Make and rotate the keys that seal what is stored.")


@group.callback()
def new(context: typer.Context) -> None:
    """Print a new key for FRONTDESK_KEY; its commands look after the keys in use (docs/keys.md)."""
    if context.invoked_subcommand is None:
        from frontdesk.graph.persistence.keys import new_key

        typer.echo(new_key())


@group.command()
def status() -> None:
    """Count what is sealed, per store and key. Leaves with 1 when a key that is in use is not configured."""
    lines, missing = asyncio.run(_status())
    for line in lines:
        typer.echo(line)
    if missing:
        raise typer.Exit(1)


@group.command()
def rewrap(
    service: Annotated[
        bool, typer.Option("--service", help="Also wrap anew what the key service wrapped (after it changed its key).")
    ] = False,
) -> None:
    """Move everything that is sealed to the current key; may be interrupted, repeated, and run beside the desk."""
    done = asyncio.run(_rewrap(service))
    for line in rewrapped(done):
        typer.echo(line)
    if done.left:
        raise typer.Exit(1)


@group.command()
def rotate() -> None:
    """With a key service: first add a new key, then, once every process was restarted, seal with it."""
    typer.echo(asyncio.run(_rotate()))


@asynccontextmanager
async def opened() -> AsyncIterator[tuple[Redis, Sealer]]:
    """Connect to the Redis of the settings and read the keyring.

    Raises:
        ConfigurationError: No usable Redis, no key, or the memory mode, in which nothing is stored.
    """
    from frontdesk.errors import ConfigurationError
    from frontdesk.graph.persistence.connect import connect
    from frontdesk.graph.persistence.keys import find_sealer
    from frontdesk.settings import load_settings, quiet_environment

    quiet_environment()
    settings = load_settings()
    url = settings.redis_url.get_secret_value() if settings.redis_url else None
    async with connect(url, settings.redis, settings.home) as found:
        if found.client is None:
            raise ConfigurationError("FRONTDESK_REDIS=memory stores nothing, so no key is in use")
        local = found.kind == "embedded"
        sealer = await find_sealer(settings.key_environment(), settings.home, found.client, local=local)
        yield found.client, sealer


def table(usage: Usage, sealer: Sealer) -> list[str]:
    """Return the lines of ``frontdesk key status``."""
    lines = []
    for id in dict.fromkeys([*sealer.ids, *usage.ids]):
        role = "current" if id == sealer.current else "older" if id in sealer.ids else "NOT CONFIGURED"
        if id == "service":
            role = "wrapped by the key service" if sealer.service else "NOT CONFIGURED (FRONTDESK_KMS)"
        stores = ", ".join(f"{store} {counts[id]}" for store, counts in sorted(usage.stores.items()) if counts[id])
        lines.append(f"{id:<16}  {role}: {stores or 'nothing; it can be removed'}")
    return lines


def rewrapped(done: Rewrapped) -> list[str]:
    """Return the lines of ``frontdesk key rewrap``."""
    moved = ", ".join(f"{store} {count}" for store, count in sorted(done.moved.items()))
    lines = [f"moved: {moved or 'nothing'}"]
    if done.left:
        left = ", ".join(f"{store} {count}" for store, count in sorted(done.left.items()))
        lines.append(f"left under older keys: {left}")
        if done.missing:
            lines.append(f"not configured: {', '.join(sorted(done.missing))}; list these keys and run it again")
        lines.append("keep the older keys listed until these have aged out, or until another run moves them")
    else:
        lines.append("nothing is under an older key; once every process lists the current one first, remove the others")
    return lines


async def _status() -> tuple[list[str], bool]:
    from frontdesk.graph.persistence.rotation import usage

    async with opened() as (client, sealer):
        found = await usage(client)
        known = {*sealer.ids, *(["service"] if sealer.service else [])}
        return table(found, sealer), any(id not in known and found.of(id) for id in found.ids)


async def _rewrap(service: bool) -> Rewrapped:
    from frontdesk.graph.persistence.rotation import rewrap as run

    async with opened() as (client, sealer):
        return await run(client, sealer, services=service)


async def _rotate() -> str:
    from frontdesk.errors import ConfigurationError
    from frontdesk.graph.persistence.keyring import rotate as run

    async with opened() as (client, sealer):
        if sealer.service is None:
            raise ConfigurationError(
                "without a key service (FRONTDESK_KMS) keys are rotated in the settings: FRONTDESK_KEY=old,new in "
                "every process, then FRONTDESK_KEY=new,old, then `frontdesk key rewrap`"
            )
        id, seals = await run(client, sealer.service)
    if seals:
        return f"{id} seals in every process that starts from now on; restart them all, then run `frontdesk key rewrap`"
    return f"{id} was added; restart every process, then run `frontdesk key rotate` again to seal with it"
