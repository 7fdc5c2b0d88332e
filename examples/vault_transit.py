"""Keep the deployment's key in HashiCorp Vault: ``FRONTDESK_KMS=vault_transit:service``.

It speaks the transit engine's HTTP API (encrypt and decrypt with ``associated_data``). Prepare Vault once with
``vault secrets enable transit`` and ``vault write -f transit/keys/frontdesk``, give the token the two rights
``transit/encrypt/frontdesk`` and ``transit/decrypt/frontdesk``, and put this file where Python finds it (PYTHONPATH).
``vault write -f transit/keys/frontdesk/rotate`` and then ``frontdesk key rewrap --service`` change the key.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from urllib.parse import quote

import httpx

SECONDS = 3.0
"""For one request; frontdesk gives up after five."""


@dataclass(frozen=True)
class VaultTransit:
    """Implements ``frontdesk.graph.persistence.keyservice.KeyService``."""

    address: str
    """Such as ``https://vault.example:8200``."""
    token: str = field(repr=False)
    key: str = "frontdesk"
    """Name of the transit key, of type ``aes256-gcm96``."""

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        """Return Vault's ciphertext, ``vault:v1:…``."""
        answer = await self._post("encrypt", {"plaintext": _base64(key), "associated_data": _base64(context)})
        return str(answer["ciphertext"]).encode()

    async def unwrap(self, blob: bytes, context: bytes) -> bytes:
        """Return the key; Vault refuses another context or an altered ciphertext with 400."""
        answer = await self._post("decrypt", {"ciphertext": blob.decode(), "associated_data": _base64(context)})
        return base64.b64decode(answer["plaintext"], validate=True)

    async def _post(self, verb: str, body: dict[str, str]) -> dict[str, str]:
        url = f"{self.address.rstrip('/')}/v1/transit/{verb}/{quote(self.key, safe='')}"
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as client:
            answer = await client.post(url, json=body, headers={"X-Vault-Token": self.token})
            answer.raise_for_status()
            found: dict[str, str] = answer.json()["data"]
            return found


def service() -> VaultTransit:
    """Read Vault's own variables ``VAULT_ADDR`` and ``VAULT_TOKEN``, and ``VAULT_TRANSIT_KEY`` (``frontdesk``)."""
    return VaultTransit(
        os.environ["VAULT_ADDR"], os.environ["VAULT_TOKEN"], os.environ.get("VAULT_TRANSIT_KEY", "frontdesk")
    )


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
