"""The bank's account service on loopback: accounts, transfers that know their key, and exchange rates.

``BANK_TOKEN=… python examples/bank/back/accounts.py`` serves it on port 8701. Nothing is kept beyond its end.
"""

from __future__ import annotations

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PORT = 8701
ACCOUNTS: dict[str, dict[str, Any]] = {
    "401122": {"holder": "K100", "iban": "GB33BUKB20201555555555", "type": "CUR", "cents": 250_000, "pin": "9A1F"},
    "401130": {"holder": "K100", "iban": "GB94BARC10201530093459", "type": "SAV", "cents": 900_000, "pin": "77C0"},
    "401200": {"holder": "K200", "iban": "GB60BARC20000055779911", "type": "CUR", "cents": 100, "pin": "0000"},
}
NAMES = {"CUR": "current account", "SAV": "savings account"}
RATES = {"USD": 1.08, "GBP": 0.86, "CHF": 0.95}


class Bank:
    """What the service knows; a transfer is found again by its key."""

    def __init__(self, token: str) -> None:
        """Begin with the accounts above; ``token`` is what callers show."""
        self.token = token
        self.accounts = {number: dict(account) for number, account in ACCOUNTS.items()}
        self.transfers: dict[str, dict[str, Any]] = {}
        self._one = threading.Lock()

    def shown(self, number: str) -> dict[str, Any]:
        """Return an account as the service tells it, more than any customer should see included."""
        account = self.accounts[number]
        return {
            "number": number,
            "customer": {"id": account["holder"]},
            "iban": account["iban"],
            "kind": NAMES[account["type"]],
            "balance": account["cents"] / 100,
            "currency": "EUR",
            "internal": {"pin_block": account["pin"]},
        }

    def get(self, parts: list[str]) -> tuple[int, Any]:
        """Answer a GET: status and JSON."""
        match parts:
            case ["fx", "rates", currency] if currency in RATES:
                return 200, {"currency": currency, "rate": RATES[currency]}
            case ["v1", "customers", who, "accounts"]:
                return 200, {"data": [self.shown(no) for no, one in self.accounts.items() if one["holder"] == who]}
            case ["v1", "accounts", number] if number in self.accounts:
                return 200, self.shown(number)
        return 404, {"code": "not_there"}

    def transfer(self, key: str, wanted: dict[str, Any]) -> tuple[int, Any]:
        """Make a transfer once per key."""
        with self._one:
            if key in self.transfers:
                return 200, self.transfers[key]
            account = self.accounts.get(wanted["from"])
            if account is None or account["holder"] != wanted["customer"]:
                return 404, {"code": "not_there"}
            cents = round(wanted["amount"] * 100)
            if cents > account["cents"]:
                return 422, {"code": "no_cover"}
            account["cents"] -= cents
            number = f"T{len(self.transfers) + 1:05d}"
            self.transfers[key] = {**wanted, "id": number, "balance": account["cents"] / 100}
        return 201, self.transfers[key]


def serve(bank: Bank, port: int = PORT) -> ThreadingHTTPServer:
    """Return a server on loopback that is not running yet; port 0 takes any free one."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = self.path.strip("/").split("/")
            self._answer(*(bank.get(parts) if parts[0] == "fx" or self._known() else (401, {})))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))) or b"{}")
            key = self.headers.get("Idempotency-Key", "")
            self._answer(*(bank.transfer(key, body) if self._known() else (401, {})))

        def log_message(self, *_: Any) -> None:
            """Write nothing: paths name customers and accounts."""

        def _known(self) -> bool:
            return bool(bank.token) and self.headers.get("Authorization") == f"Bearer {bank.token}"

        def _answer(self, status: int, content: Any) -> None:
            raw = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    serve(Bank(os.environ["BANK_TOKEN"])).serve_forever()
