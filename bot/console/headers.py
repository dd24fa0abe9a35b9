"""Every response of the console carries the headers that keep it to itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY: Final = (
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
POLICY: Final = "; ".join(_POLICY)
#: The pages of the rules, which know nobody, may run the console's own script; no page with a card runs any.
SCRIPTED: Final = "/regeln/"
SCRIPT_POLICY: Final = "; ".join((*_POLICY, "script-src 'self'", "connect-src 'self'"))
HEADERS: Final = (
    ("content-security-policy", POLICY),
    ("cache-control", "no-store"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("x-robots-tag", "noindex, nofollow"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)
HTTPS_ONLY: Final = ("strict-transport-security", "max-age=31536000")


class WithHeaders:
    """Wraps the console, so that errors, redirects and static files carry the headers too."""

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self._app = app
        self._headers: Iterable[tuple[str, str]] = (*HEADERS, HTTPS_ONLY) if secure else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers:
                    headers[name] = value
                if scope["path"].removeprefix(scope.get("root_path", "")).startswith(SCRIPTED):
                    headers["content-security-policy"] = SCRIPT_POLICY
            await send(message)

        await self._app(scope, receive, send_with_headers)
