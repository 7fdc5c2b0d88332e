"""Where the deployment's keys come from: the environment, a file, or a key service."""

from __future__ import annotations

import asyncio
import base64
import binascii
import os
from collections.abc import Mapping
from pathlib import Path

from redis.asyncio import Redis

from frontdesk.errors import SettingsError
from frontdesk.graph.persistence import keyservice
from frontdesk.graph.persistence.keyring import open_sealer
from frontdesk.graph.persistence.sealer import KEY_BYTES, Sealer

VARIABLE = "FRONTDESK_KEY"
FILE_VARIABLE = "FRONTDESK_KEY_FILE"
FILE_NAME = "key"
REMEDY = f"Make one with `frontdesk key`, and give it as {VARIABLE}, or in a file that {FILE_VARIABLE} names."


async def find_sealer(environment: Mapping[str, str], home: Path, client: Redis | None, *, local: bool) -> Sealer:
    """Return the deployment's sealer: what :func:`find_keys` finds, or what the key service of ``FRONTDESK_KMS`` keeps.

    With a key service, ``FRONTDESK_KEY`` and ``FRONTDESK_KEY_FILE`` may still list keys that sealed before it came;
    in the memory mode, where nothing is stored, it is not asked, and a key is made for the life of the process.

    Args:
        environment: As for :func:`find_keys`, and ``FRONTDESK_KMS``.
        home: As for :func:`find_keys`.
        client: The Redis of all stores; None for the memory mode.
        local: As for :func:`find_keys`.

    Raises:
        SettingsError: No key, a malformed one, or a keyring that belongs to another one.
        KeyServiceError: The key service failed.
    """
    spec = environment.get(keyservice.VARIABLE, "").strip()
    listed = any(environment.get(name, "").strip() for name in (VARIABLE, FILE_VARIABLE))
    keys: tuple[bytes, ...] = ()
    if listed or not spec:
        keys = await asyncio.to_thread(find_keys, environment, home, local=local)
    if client is None:
        return Sealer(keys) if keys else Sealer.generate()
    service = await asyncio.to_thread(keyservice.load_key_service, spec) if spec else None
    return await open_sealer(client, keys, service)


def new_key() -> str:
    """Return a fresh key as it is written into settings: 32 random bytes in base64."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def parse_keys(text: str, source: str) -> tuple[bytes, ...]:
    """Read a list of keys, separated by commas or white space; the first is current.

    Args:
        text: The keys in base64 (standard or URL-safe), 32 bytes each.
        source: Where the text comes from, for the error; the text itself is never repeated.

    Raises:
        SettingsError: No key, or one that is not 32 bytes in base64.
    """
    parts = text.replace(",", " ").split()
    try:
        keys = tuple(base64.b64decode(part.replace("-", "+").replace("_", "/"), validate=True) for part in parts)
    except (binascii.Error, ValueError):
        keys = ()
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise SettingsError(f"{source}: expected one or more keys of {KEY_BYTES} bytes in base64. {REMEDY}")
    return keys


def find_keys(environment: Mapping[str, str], home: Path, *, local: bool) -> tuple[bytes, ...]:
    """Return the deployment's keys, the current one first.

    Args:
        environment: ``FRONTDESK_KEY`` goes before ``FRONTDESK_KEY_FILE``.
        home: The data folder, whose file ``key`` (mode 0600) is used, and made, where ``local``.
        local: Whether the data stays on this machine (embedded Redis). Where a Redis server is named, others may
            share it, and a key that is made silently on each machine would make its data unreadable to them.

    Raises:
        SettingsError: No key where one must be named, or a malformed one.
    """
    if text := environment.get(VARIABLE, "").strip():
        return parse_keys(text, VARIABLE)
    if name := environment.get(FILE_VARIABLE, "").strip():
        return _read(Path(name).expanduser(), FILE_VARIABLE)
    if not local:
        raise SettingsError(
            f"A key is needed to seal what is stored in the Redis of REDIS_URL. {REMEDY} Or name a key service with "
            f"{keyservice.VARIABLE}."
        )
    return _own(home / FILE_NAME)


def _read(path: Path, source: str) -> tuple[bytes, ...]:
    try:
        text = path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{source}: {path} cannot be read ({type(error).__name__}). {REMEDY}") from error
    return parse_keys(text, f"{source} ({path})")


def _own(path: Path) -> tuple[bytes, ...]:
    """Read the machine's own key file, or make it. Of two processes that make it at once, one wins for both."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
                file.write(new_key() + "\n")
            try:
                os.link(draft, path)  # fails where the file is there by now, and never shows it half written
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        except OSError as error:
            raise SettingsError(f"{path}: the key file cannot be made ({error.strerror}). {REMEDY}") from error
    return _read(path, "key file")
