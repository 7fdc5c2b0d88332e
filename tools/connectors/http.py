"""The http connector: one request per call, to a connection of the desk (docs/gateway.md).

``connections: {crm: {kind: http, options: {url: https://crm.example/v2, auth: {bearer: CRM_TOKEN}}}}`` in desk.yaml,
and in a contract ``connector: {kind: http, connection: crm, options: {method: GET, path: "/orders/{order_id}"}}``;
every option stands in ``tools/http/options.py``. ``{name}`` stands for an argument of the tool, or for ``{subject}``,
``{tenant}``, ``{key}`` (idempotency key), ``{reference}`` (its first eight digits, for people), ``{today}`` and
``{now}`` (UTC, ISO 8601).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import httpx
from pydantic import ValidationError

from frontdesk.errors import ConfigurationError, ToolError
from frontdesk.models.causes import retry_after
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.http import checking, filling
from frontdesk.tools.http.link import BROKEN, Link
from frontdesk.tools.http.options import HttpConnection, HttpRequest
from frontdesk.tools.http.outcomes import UNFIT, broken, rule_error, status_error, waits
from frontdesk.tools.http.reading import BadAnswerError, document
from frontdesk.tools.http.results import AbsentError, needs_body, result, rule_for
from frontdesk.tools.http.sending import NotSentError, Sending
from frontdesk.tools.http.transport import Resolve, resolve
from frontdesk.tools.reasons import failed, refused

logger = logging.getLogger(__name__)


class HttpBackend:
    """Sends the requests of contracts."""

    def __init__(self, links: Mapping[str, Link]) -> None:
        """Take the connections of kind ``http`` by name."""
        self._links = links
        self._of: dict[str, tuple[Link, float]] = {}
        """Connection and timeout of each tool."""

    def check(self, contract: ToolContract) -> list[str]:
        """See :class:`~frontdesk.tools.backend.Backend`. Contacts nothing; notes which connection the tool is for."""
        link = self._links.get(contract.connector.connection)
        if link is None:
            known = ", ".join(sorted(self._links)) or "none"
            return [f"connector.connection must name a connection of kind http; there are: {known}"]
        self._of[contract.name] = (link, contract.timeout)
        return checking.problems(contract)

    async def close(self) -> None:
        """See :class:`~frontdesk.tools.backend.Backend`."""
        for link in self._links.values():
            await link.close()

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        """See :class:`~frontdesk.tools.backend.Backend`. Nothing is tried twice."""
        request = HttpRequest.model_validate(options)
        link, seconds = self._of[call.tool]
        try:
            sending = _sending(request, call)
            sending.seconds = seconds
            sending.follow = request.safe and link.options.redirects == "same_origin"
            async with link.exchange(sending) as response:
                return await self._read(request, call, response, link.options.max_bytes)
        except filling.UnfitError:
            raise refused(call.tool, "not_valid", UNFIT) from None
        except NotSentError:
            raise failed(call.tool) from None
        except BROKEN:
            raise broken(call.tool, request, begun=sending.begun) from None
        except BadAnswerError as error:
            logger.warning("tool %s: an answer that cannot be used: %s", call.tool, error.cause)
            raise broken(call.tool, request, begun=True) from None

    async def _read(
        self, request: HttpRequest, call: Invocation, response: httpx.Response, limit: int
    ) -> dict[str, Any]:
        status = response.status_code
        answer = await _looked_into(request, response, limit)
        rule = rule_for(request, status, answer)
        error = rule_error(call.tool, rule, request) if rule else status_error(call.tool, status, request)
        if error is not None:
            raise _noted(error, status, response)
        if answer is None:
            answer = await document(response, limit)
        try:
            return result(request, answer, call.arguments)
        except AbsentError:
            if request.absent == "not_found":
                raise refused(call.tool, "not_found") from None
            raise BadAnswerError("absent") from None


async def _looked_into(request: HttpRequest, response: httpx.Response, limit: int) -> Any:
    """Return the answer where a rule for its status needs it; None: none does, or it is a fault told in no JSON."""
    if not needs_body(request, response.status_code):
        return None
    try:
        return await document(response, limit)
    except BadAnswerError:
        if response.status_code in request.success:
            raise
        return None


def _noted(error: ToolError, status: int, response: httpx.Response) -> ToolError:
    logger.info("tool %s: status %d: %s", error.tool, status, error.reason)
    return waits(error, retry_after(response.headers))


def _sending(request: HttpRequest, call: Invocation) -> Sending:
    """Fill a request in. UnfitError: an argument cannot stand where the contract puts it."""
    values = _values(call)
    target = filling.path(request.path, values)
    fields = filling.query(request.query, values)
    try:
        target += f"?{urlencode(fields)}" if fields else ""
        content, kind = _content(request, values)
    except UnicodeEncodeError:
        raise filling.UnfitError("half a character") from None
    headers = {**filling.headers(request.headers, values), **kind}
    if not request.safe and call.key and request.idempotency_header is not None:
        headers[request.idempotency_header] = f'"{call.key}"' if request.idempotency_quoted else call.key
    return Sending(request.method, target, headers, content, call.deadline)


def _content(request: HttpRequest, values: Mapping[str, Any]) -> tuple[bytes | None, dict[str, str]]:
    if request.body is None:
        return None, {}
    if request.body.form is not None:
        fields = filling.query(request.body.form, values)
        return urlencode(fields).encode(), {"content-type": "application/x-www-form-urlencoded"}
    filled = filling.filled(request.body.as_json, values)
    try:
        text = json.dumps({} if filled is filling.ABSENT else filled, ensure_ascii=False, allow_nan=False)
    except (ValueError, TypeError, RecursionError):
        raise filling.UnfitError("no JSON") from None
    return text.encode(), {"content-type": "application/json"}


def _values(call: Invocation) -> dict[str, Any]:
    now = datetime.fromtimestamp(call.now, UTC)
    return {
        **call.arguments,
        "subject": call.subject,
        "tenant": call.tenant,
        "key": call.key,
        "reference": call.key[:8].upper(),
        "today": now.date().isoformat(),
        "now": now.isoformat(timespec="seconds"),
    }


def build(resources: Resources, lookup: Resolve = resolve) -> HttpBackend:
    """Build the connector.

    Raises:
        ConfigurationError: A connection's options are wrong, or a secret that one names is not set; lists all.
    """
    # At INFO httpx logs every URL, at DEBUG httpcore every header: arguments and secrets.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    links: dict[str, Link] = {}
    faults: list[str] = []
    for name, connection in resources.connections.items():
        if connection.kind != "http":
            continue
        try:
            options = HttpConnection.model_validate_json(json.dumps(connection.options), strict=True)
            links[name] = Link(name, options, resources.environment, resources.root, lookup)
        except ValidationError as error:
            faults += [f"connection {name}: {fault}" for fault in checking.words(error)]
        except ConfigurationError as error:
            faults.append(f"connection {name}: {error}")
    if faults:
        raise ConfigurationError("\n".join(faults))
    return HttpBackend(links)
