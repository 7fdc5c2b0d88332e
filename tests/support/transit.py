"""A server on loopback that speaks the two requests of Vault's transit engine, and misbehaves when told to."""

from __future__ import annotations

import asyncio
import base64
import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fastapi import FastAPI, HTTPException, Request, Response

TOKEN = "a-token-of-the-test"


@dataclass
class Transit:
    """One transit key. ``fault``: ``500``, ``slow``, ``html``, ``empty``, ``sealed`` (503), or none."""

    fault: str = ""
    secret: bytes = field(default_factory=lambda: os.urandom(32))
    released: asyncio.Event = field(default_factory=asyncio.Event)
    """Ends the waiting of ``slow``, so that the server can stop."""

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/v1/transit/{verb}/{key}", response_model=None)
        async def answer(verb: str, key: str, request: Request) -> Response | dict[str, Any]:
            if request.headers.get("X-Vault-Token") != TOKEN or key != "frontdesk":
                raise HTTPException(403)
            if self.fault == "slow":
                await self.released.wait()
            if self.fault in {"500", "sealed"}:
                raise HTTPException(500 if self.fault == "500" else 503)
            if self.fault == "html":
                return Response("<h1>proxy</h1>", media_type="text/html")
            body = await request.json()
            return {"data": {} if self.fault == "empty" else self._answer(verb, body)}

        return app

    def _answer(self, verb: str, body: dict[str, str]) -> dict[str, str]:
        place = base64.b64decode(body["associated_data"])
        if verb == "encrypt":
            nonce = os.urandom(12)
            sealed = nonce + AESGCM(self.secret).encrypt(nonce, base64.b64decode(body["plaintext"]), place)
            return {"ciphertext": "vault:v1:" + base64.b64encode(sealed).decode()}
        sealed = base64.b64decode(body["ciphertext"].removeprefix("vault:v1:"))
        try:
            return {
                "plaintext": base64.b64encode(AESGCM(self.secret).decrypt(sealed[:12], sealed[12:], place)).decode()
            }
        except InvalidTag as error:
            raise HTTPException(400) from error
