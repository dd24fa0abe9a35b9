"""What a channel stored in the inbox, as an input of the dialog."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.dialogs.answers import Began, CameOver, Input, Invited, Medium, Said, Sent, Tapped
from bot.dialogs.screen import Asks, Page
from bot.dialogs.screens.every import SCREENS
from bot.handoff.acts import News, NewsKind
from bot.handoff.invitations import is_token, read_invitation_news, token_digest
from bot.i18n.catalogs import Catalogue
from bot.vocabulary.ways import Suggestion


class NotALetter(ValueError):
    """What was stored is no input of the dialog."""


def read_letter(content: Mapping[str, Any], shown: Page, catalogue: Catalogue) -> Input:
    """The input in a stored message; a typed answer that equals a button of the screen is that button.

    Raises `NotALetter` for content of no known kind.
    """
    match content:
        case {"text": str(text)} if token := _token(text):
            return Invited(token_digest(token))
        case {"text": str(text)}:
            return _typed(text, shown, catalogue)
        case {"invited": str(digest)}:
            return Invited(digest, content.get("language"))
        case {"moved": str(digest)}:
            return CameOver(digest, content.get("language"))
        case {"tap": str(choice)}:
            return Tapped(choice, content.get("on"))
        case {"press": int(n)}:
            return _pressed(n, shown)
        case {"media": "contact", "phone": str(phone)} if shown.asks is Asks.PHONE:
            return Said(phone)
        case {"media": "contact"}:
            return Sent(Medium.CONTACT, own="phone" in content)
        case {"media": str(medium)}:
            known = medium in {*Medium}
            return Sent(Medium(medium) if known else Medium.DOCUMENT, content.get("reference"))
        case {"hello": hello}:
            return Began(hello.get("language") if isinstance(hello, Mapping) else None)
        case {"news": dict(news)}:
            return _news(news)
        case {"invitation": dict(news)}:
            return read_invitation_news(news)
        case _:
            raise NotALetter("a message of no known kind")


def _token(text: str) -> str | None:
    """What stands behind /start, as a messenger writes it when somebody opens a link with a token."""
    match text.split():
        case [command, token] if command.lower() == "/start" and is_token(token):
            return token
        case _:
            return None


def _typed(text: str, shown: Page, catalogue: Catalogue) -> Said | Tapped:
    screen = SCREENS[shown.screen]
    words = _bare(text)
    same = [choice.id for choice in shown.choices if _bare(catalogue.render(choice.label)) == words]
    if words and len(same) == 1:
        return Tapped(same[0])
    number = text.strip()
    if screen.hears is None and number.isdecimal() and len(number) <= 2:
        return _pressed(int(number), shown)
    return Said(text)


def _pressed(n: int, shown: Page) -> Tapped:
    """The n-th choice from 1; a number beyond the last is a button that is not there."""
    everything = (*shown.choices, *shown.nav)
    return Tapped(everything[n - 1].id if 1 <= n <= len(everything) else "")


def _bare(words: str) -> str:
    """Letters and digits only, so that nobody has to type the pictogram or the full stop."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in folded).split())


def _news(news: Mapping[str, Any]) -> News:
    starts_at, until, suggestion = news.get("starts_at"), news.get("until"), news.get("suggestion")
    return News(
        kind=NewsKind(news["kind"]),
        case=news["case"],
        starts_at=datetime.fromisoformat(starts_at) if starts_at else None,
        until=datetime.fromisoformat(until) if until else None,
        desk=news.get("desk"),
        suggestion=Suggestion(suggestion) if suggestion else None,
        appointment_cancelled=bool(news.get("appointment_cancelled", False)),
    )
