"""The shapes of Telegram's answers, built once.

aiogram asks pydantic for the shape of an answer at every call, and pydantic forgets a shape that nobody holds. Then it
is built again, which takes longer than everything else that one message needs.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    EditMessageReplyMarkup,
    EditMessageText,
    Response,
    SendDocument,
    SendMessage,
    SendPhoto,
)


@cache
def held() -> tuple[type[Any], ...]:
    """The shapes of what the residents' bot calls again and again; from now on they stay."""
    methods = (SendMessage, SendDocument, SendPhoto, EditMessageText, EditMessageReplyMarkup)
    others = (AnswerCallbackQuery, DeleteWebhook)
    return tuple(Response[method.__returning__] for method in (*methods, *others))  # type: ignore[name-defined]  # known when it runs
