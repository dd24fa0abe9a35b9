"""The web chat on a free port of this machine, with a scripted counter behind it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from string import Formatter

import uvicorn
from fastapi import FastAPI

from bot.channels.headers import SafeHeaders
from bot.channels.web import chat_router
from bot.i18n.text import Text
from tests.channels.scripted_counter import ScriptedCounter


def speak(text: Text, tag: str) -> str:
    """English for everybody; the language's tag shows that it was asked for in that language."""
    plain = Formatter().vformat(text.source, (), dict(text.values))
    return plain if tag == "en" else f"{plain} [{tag}]"


def application(counter: ScriptedCounter) -> SafeHeaders:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(chat_router(counter, speak=speak, look_again=0.5, patience=1.0, form_patience=2.0))
    return SafeHeaders(app)


@dataclass
class House:
    """A running server; `close` and `open` cut and mend the way to it."""

    counter: ScriptedCounter = field(default_factory=ScriptedCounter)
    port: int = 0

    def __post_init__(self) -> None:
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> None:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(
            application(self.counter), log_level="error", lifespan="off", ws="websockets-sansio",
            timeout_graceful_shutdown=1,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)

    def close(self) -> None:
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(10)
        self._server = None


@contextmanager
def house(counter: ScriptedCounter | None = None) -> Iterator[House]:
    """A house that is open for as long as the block lasts."""
    built = House(counter or ScriptedCounter())
    built.open()
    try:
        yield built
    finally:
        built.close()
