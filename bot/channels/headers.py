"""Every answer of every page carries the same careful headers: the one place that sets them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)

#: For every answer. `Cache-Control` is the only one that an answer may replace (files that are the same for all).
SAFE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Content-Security-Policy": "; ".join(_POLICY),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=()",
        "Cache-Control": "no-store",
    }
)
#: For files whose address changes with their content and that hold nothing of a person.
UNCHANGING: Final = "public, max-age=31536000, immutable"
_HTTPS_ONLY: Final = "max-age=31536000"


def with_safe_headers(headers: MutableHeaders, *, https: bool) -> None:
    """The headers are on the answer; what it already says about caching stays."""
    for name, value in SAFE.items():
        if name == "Cache-Control":
            headers.setdefault(name, value)
        else:
            headers[name] = value
    if https:
        headers["Strict-Transport-Security"] = _HTTPS_ONLY


class SafeHeaders:
    """An application around an application: no answer leaves without the headers, an error neither.

    Wrap the whole application with it (`SafeHeaders(app)`), so that a 404 and a 500 carry them too.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                with_safe_headers(MutableHeaders(scope=message), https=scope.get("scheme") == "https")
            await send(message)

        await self.app(scope, receive, send_with_headers)
