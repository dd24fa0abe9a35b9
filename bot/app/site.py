"""One web server for everybody: the chat at /chat, the console at /console, the state of health at /health."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from types import MappingProxyType

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from bot.app.barriers import StoredBarriers
from bot.app.bells import Bells
from bot.app.console import console
from bot.app.counter import WebCounter
from bot.app.feed import ROUTE as FEED
from bot.app.feed import feed_route
from bot.app.health import health_routes
from bot.app.house import Premises
from bot.app.recordings import PLACE as WEB
from bot.app.recordings import StoredPlace
from bot.channels.barrier_page import barrier_router
from bot.channels.headers import SafeHeaders
from bot.channels.telegram_edge import Edge
from bot.channels.web import chat_router
from bot.channels.web_invited import invited_router
from bot.channels.web_page import Page
from bot.clock import Clock
from bot.console.site import console_site
from bot.handoff.recordings import Recordings
from bot.i18n.text import Text
from bot.storage.store import Store

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def site(
    store: Store,
    premises: Premises,
    bells: Bells,
    clock: Clock,
    public_url: str | None,
    lifespan: Lifespan | None = None,
    edges: Mapping[str, Edge] = MappingProxyType({}),
    recordings: Mapping[str, Recordings] = MappingProxyType({}),
) -> Starlette:
    """The whole application. `edges` are the paths to which Telegram delivers; `recordings` are kept by channel."""
    secure = bool(public_url and public_url.startswith("https:"))
    places = {**recordings, WEB: StoredPlace(store)}
    colleagues = console_site(replace(console(store, premises, clock, secure), recordings=places))
    chat = _chat(store, premises, bells, clock, public_url)
    hooks = [Route(path, _called(edge), methods=["POST"]) for path, edge in edges.items()]
    return Starlette(routes=[*hooks, Mount("/console", colleagues), Mount("/", chat)], lifespan=lifespan)


def _called(edge: Edge) -> Callable[[Request], Awaitable[Response]]:
    async def called(request: Request) -> Response:
        return await edge(request)

    return called


def _chat(store: Store, premises: Premises, bells: Bells, clock: Clock, public_url: str | None) -> ASGIApp:
    def speak(sentence: Text, language: str) -> str:
        return premises.catalogues[language].render(sentence)

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    counter = WebCounter(store, premises, bells, clock)
    app.include_router(chat_router(counter, speak=speak, public_url=public_url))
    app.include_router(invited_router(counter, speak=speak, public_url=public_url))
    barriers = StoredBarriers(store, premises, clock)
    app.include_router(barrier_router(barriers, Page(speak=speak), clock, public_url))
    app.add_api_route("/", lambda: RedirectResponse("/chat", 303), methods=["GET"], include_in_schema=False)
    app.add_api_route(FEED, feed_route(store, premises, clock), methods=["GET", "HEAD"], include_in_schema=False)
    for path, answer in health_routes(store, bells, clock).items():
        app.add_api_route(path, answer, methods=["GET"], include_in_schema=False)
    return SafeHeaders(app)
