"""What a machine asks: does this process live, can it work, how much waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response

from bot.app.bells import Bells
from bot.app.metrics import metrics_answer
from bot.clock import Clock
from bot.storage.store import Store


def health_routes(store: Store, bells: Bells, clock: Clock) -> Mapping[str, Callable[[], Response]]:
    """The answers by path. Only `ready` and `/health` ask the database, so a slow one restarts nothing."""

    def live() -> Response:
        return JSONResponse({"process": "there"})

    def ready() -> Response:
        """200 while the database answers, 503 while it does not. Redis may be away."""
        try:
            with store.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return JSONResponse({"database": "away"}, 503)
        return JSONResponse({"database": "there", **({} if bells.heard is None else {"redis": _word(bells.heard)})})

    def metrics() -> Response:
        return metrics_answer(store, clock)

    return {"/health": ready, "/health/ready": ready, "/health/live": live, "/metrics": metrics}


def _word(there: bool) -> str:
    return "there" if there else "away"
