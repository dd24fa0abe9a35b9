"""Where Telegram's webhook comes in: the secret is checked, the update stored, the answer 200. Work comes later.

Telegram delivers again whatever is not answered with 2xx, and holds back everything else of that chat until then.
So only what another delivery can mend is refused.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.telegram_port import Arrived, Mailbox, MailboxAway, Read, Unreadable

SECRET_HEADER: Final = b"x-telegram-bot-api-secret-token"
#: Many times the longest update.
LARGEST: Final = 512 * 1024
#: Telegram waits for a minute; whoever waits for the database for so long would rather try again.
STORED_WITHIN: Final = 5.0

log = structlog.get_logger("edge")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """The endpoint of one bot."""

    secret: bytes = field(repr=False)
    read: Read
    mailbox: Mailbox

    async def __call__(self, request: Request) -> Response:
        if not self._is_telegram(request):
            return Response(status_code=401)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        raw = _object(body)
        if raw is None:
            log.warning("no update", size=len(body))
            return Response(status_code=200)
        return await self._stored(self.read(raw))

    def _is_telegram(self, request: Request) -> bool:
        """Compared as bytes and in constant time; a header that stands there twice is nobody's."""
        given = [value for name, value in request.headers.raw if name.lower() == SECRET_HEADER]
        return len(given) == 1 and hmac.compare_digest(given[0], self.secret)

    async def _stored(self, arrived: Arrived | Unreadable) -> Response:
        try:
            await asyncio.wait_for(run_in_threadpool(self.mailbox.take, arrived), STORED_WITHIN)
        except (MailboxAway, TimeoutError):
            return Response(status_code=503, headers={"Retry-After": "2"})
        match arrived:
            case Arrived(call=call) if call is not None:
                return JSONResponse(dict(call))
            case Arrived() | Unreadable():
                return Response(status_code=200)


async def _body(request: Request) -> bytes | None:
    """The body, or none where it is too long; no more than that is read."""
    if int(request.headers.get("content-length", "0") or "0") > LARGEST:
        return None
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return body


def _object(body: bytes) -> Mapping[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
