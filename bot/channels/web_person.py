"""A person is whoever holds the secret in the cookie; nobody has an account, and the secret is stored nowhere."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from starlette.requests import HTTPConnection
from starlette.responses import Response

_NAME: Final = "lotse_chat"
#: Behind https the name itself forbids a neighbour's subdomain to set the cookie.
_SECURE_NAME: Final = "__Host-lotse_chat"
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}")
KEPT_FOR: Final = timedelta(days=90)


def new_secret() -> str:
    """256 bits of chance."""
    return secrets.token_urlsafe(32)


def person_of(secret: str) -> str:
    """The name under which the house knows the holder: no way leads back to the secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def form_mark(secret: str) -> str:
    """What a form of our own page carries, and a form of somebody else's page cannot know."""
    return hashlib.sha256(f"form:{secret}".encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compared in constant time."""
    return secrets.compare_digest(one.encode(), other.encode())


@dataclass(frozen=True, slots=True)
class Address:
    """Where the chat is reached from outside; without `public`, where each request says it went."""

    public: str | None = None

    def origin(self, connection: HTTPConnection) -> str:
        """Scheme and host, as a browser writes them into `Origin`."""
        if self.public:
            return "/".join(self.public.split("/")[:3]).lower()
        scheme = {"ws": "http", "wss": "https"}.get(connection.url.scheme, connection.url.scheme)
        return f"{scheme}://{connection.headers.get('host', '')}".lower()

    def is_secure(self, connection: HTTPConnection) -> bool:
        """It is https from the outside."""
        return self.origin(connection).startswith("https://")

    def is_own_script(self, connection: HTTPConnection) -> bool:
        """A script of our own page speaks; browsers always name the origin of a socket."""
        return connection.headers.get("origin", "").lower() == self.origin(connection)

    def is_own_page(self, connection: HTTPConnection) -> bool:
        """Nothing says that another site's page sent this.

        With `no-referrer` a browser writes `Origin: null` for our own forms, so `Sec-Fetch-Site` is asked first.
        A browser too old for both says nothing; forms that act for a person carry their mark as well.
        """
        site = connection.headers.get("sec-fetch-site")
        if site is not None:
            return site in {"same-origin", "none"}
        origin = connection.headers.get("origin", "null")
        return origin == "null" or origin.lower() == self.origin(connection)

    def secret(self, connection: HTTPConnection) -> str | None:
        """The secret that the browser brought, or none."""
        secret = connection.cookies.get(self._cookie(connection), "")
        return secret if _SECRET.fullmatch(secret) else None

    def person(self, connection: HTTPConnection) -> str | None:
        """The person behind the request, or none."""
        secret = self.secret(connection)
        return person_of(secret) if secret else None

    def remember(self, connection: HTTPConnection, answer: Response, secret: str) -> None:
        """The browser keeps the secret: no script reads it, no other site can make it be sent."""
        self._set(connection, answer, secret, KEPT_FOR)

    def forget(self, connection: HTTPConnection, answer: Response) -> None:
        """The browser throws the secret away."""
        self._set(connection, answer, "", timedelta(0))

    def _set(self, connection: HTTPConnection, answer: Response, value: str, kept_for: timedelta) -> None:
        answer.set_cookie(
            self._cookie(connection),
            value,
            max_age=int(kept_for.total_seconds()),
            path="/",
            secure=self.is_secure(connection),
            httponly=True,
            samesite="strict",
        )

    def _cookie(self, connection: HTTPConnection) -> str:
        return _SECURE_NAME if self.is_secure(connection) else _NAME
