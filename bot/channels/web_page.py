"""The chat as a page that the server writes: whole without a script, and the same words with one."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import HTTPConnection

from bot.channels.page_words import words
from bot.channels.port import Delivery
from bot.channels.web_parts import blocks
from bot.i18n.languages import GERMAN, Language, language_of
from bot.i18n.text import Text

#: A sentence in the language with this tag.
Speak = Callable[[Text, str], str]

_FOLDER: Final = Path(__file__).with_name("web_static")
_KINDS: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
#: Screens of which the page says with its colour that they are about danger.
_URGENT: Final = re.compile("emergency|urgent")
#: What a delivery need not say.
_BARE: Final = {
    "screen": "", "choices": (), "nav": (), "progress": None, "file": None, "picture": None, "asks": None,
    "records": False,
}  # fmt: skip
SCRIPTS: Final = ("view.js", "line.js", "aloud.js", "record.js", "chat.js")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is the same for everybody; its address changes when it does."""

    body: bytes
    kind: str
    version: str


def read_assets(folder: Path = _FOLDER) -> Mapping[str, Asset]:
    """The style, scripts and pictures of the page, by name; nothing else is ever served."""
    return {path.name: _asset(path) for path in sorted(folder.iterdir()) if path.suffix in _KINDS}


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    return Asset(body, f"{_KINDS[path.suffix]}; charset=utf-8", hashlib.sha256(body).hexdigest()[:12])


def asked_language(connection: HTTPConnection) -> Language:
    """The first language the browser prefers that we speak; German where there is none.

    Source of the order: `Accept-Language`, whose entries browsers sort by preference.
    """
    preferred = connection.headers.get("accept-language", "")[:200].split(",")
    known = (language_of(entry.split(";")[0].strip()) for entry in preferred)
    return next((language for language in known if language), GERMAN)


def _template() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Writes the page, and dresses deliveries for it."""

    speak: Speak
    assets: Mapping[str, Asset] = field(default_factory=read_assets)
    templates: Environment = field(default_factory=_template)

    def words(self, tag: str) -> dict[str, str]:
        """The page's own words in a language."""
        return words(lambda text: self.speak(text, tag))

    def dressed(self, delivery: Delivery) -> dict[str, Any]:
        """The delivery with the page's words and its text cut into parts."""
        tag = str(delivery.get("language") or GERMAN.tag)
        language = language_of(tag) or GERMAN
        own = {"ui": self.words(tag), "dir": language.direction, "language": tag, "from": "bot"}
        urgent = bool(_URGENT.search(str(delivery.get("screen", ""))))
        return {**_BARE, **own, **delivery, "urgent": urgent, "parts": blocks(str(delivery.get("text", "")))}

    def conversation(self, deliveries: Sequence[Delivery], mark: str, notice: str = "", kept: str = "") -> str:
        """The page with the last screen and whatever else was not acknowledged; `kept` stays in the field."""
        messages = [self.dressed(one) for one in deliveries]
        screens = [one for one in messages if one["nav"]] or messages
        last = screens[-1]
        return self._write(
            last["language"], last["dir"], last["ui"],
            messages=messages, last=last, mark=mark, key=secrets.token_urlsafe(16),
            seen=max(one["id"] for one in messages), notice=last["ui"].get(notice, ""), kept=kept,
        )  # fmt: skip

    def door(self, language: Language) -> str:
        """The page before the first word."""
        return self._write(
            language.tag, language.direction, self.words(language.tag),
            messages=[], last=None, mark="", key="", seen=0, notice="", kept="",
        )  # fmt: skip

    def invited(self, language: Language, why: str = "invited") -> str:
        """The door for somebody who comes with a link: the same for every link that there is or is not."""
        return self._fill("invited.html", language.tag, language.direction, self.words(language.tag), why=why)

    def fill_german(self, template: str, **values: Any) -> str:
        """A page for people who work here, which is German only."""
        return self._fill(template, GERMAN.tag, GERMAN.direction, self.words(GERMAN.tag), **values)

    def _write(self, tag: str, direction: str, ui: Mapping[str, str], **values: Any) -> str:
        return self._fill("chat.html", tag, direction, ui, words=json.dumps(dict(ui)), scripts=SCRIPTS, **values)

    def _fill(self, template: str, tag: str, direction: str, ui: Mapping[str, str], **values: Any) -> str:
        addresses = {name: f"/chat/static/{name}?v={asset.version}" for name, asset in self.assets.items()}
        return self.templates.get_template(template).render(
            tag=tag, dir=direction, ui=ui, addresses=addresses, **values
        )
