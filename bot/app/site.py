"""One web server for everybody: the chat at /chat, the console at /console, the state of health at /health."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from types import MappingProxyType

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from bot.app.bells import Bells
from bot.app.counter import WebCounter
from bot.app.health import health_routes
from bot.app.house import Premises
from bot.channels.headers import SafeHeaders
from bot.channels.telegram_edge import Edge
from bot.channels.web import chat_router
from bot.channels.web_invited import invited_router
from bot.clock import Clock
from bot.console.ports import Console, Names
from bot.console.site import console_site
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
) -> Starlette:
    """The whole application. `edges` are the paths to which Telegram delivers."""
    console = console_site(_console(store, premises, clock, bool(public_url and public_url.startswith("https:"))))
    chat = _chat(store, premises, bells, clock, public_url)
    hooks = [Route(path, _called(edge), methods=["POST"]) for path, edge in edges.items()]
    return Starlette(routes=[*hooks, Mount("/console", console), Mount("/", chat)], lifespan=lifespan)


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
    app.add_api_route("/", lambda: RedirectResponse("/chat", 303), methods=["GET"], include_in_schema=False)
    for path, answer in health_routes(store, bells, clock).items():
        app.add_api_route(path, answer, methods=["GET"], include_in_schema=False)
    return SafeHeaders(app)


def _console(store: Store, premises: Premises, clock: Clock, secure: bool) -> Console:
    know = premises.house.know
    others: Mapping[str, str] = {
        **{service.id: service.name for service in know.directory.services.values()},
        **{office.id: office.name for office in know.directory.coordinations.values()},
        **premises.house.office.names,
    }
    to_supply: Mapping[str, Sequence[str]] = {
        **{county.value: known.open for county, known in know.directory.counties.items()},
        **{desk.id: desk.open for desk in know.directory.desks()},
    }
    return Console(
        store=store,
        directory=know.directory,
        casework=premises.casework,
        names=Names(
            topics={topic.id: topic.german for topic in know.topics.values()},
            municipalities={place.id: place.name for place in know.gazetteer.municipalities.values()},
            others=others,
        ),
        to_supply=to_supply,
        now=clock,
        secure=secure,
    )
