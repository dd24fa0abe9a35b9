"""A message in the reader's language, in the words of the chat protocol. Limits of a channel live beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.dialogs.screen import STEPS
from bot.i18n.bidi import isolated
from bot.i18n.catalogs import Catalogue, Catalogues
from bot.i18n.text import Text, _
from bot.turns.messages import Button, FileToTake, Outgoing

_INVISIBLE: Final = "\u200e\u200f\u2066\u2067\u2068\u2069"


def render(message: Outgoing, catalogues: Catalogues, case: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The message as one JSON object of interface.md; `nav` are the ways out that every screen has."""
    catalogue = catalogues[message.language]
    what_happened, screen = ([_paragraph(text, catalogue) for text in part] for part in (message.notices, message.says))
    return {
        "screen": message.screen,
        "text": "\n\n".join(part for part in (flow(what_happened), flow(screen)) if part),
        "choices": _choices(message.choices, catalogue),
        "nav": _choices(message.nav, catalogue),
        "case": dict(case) if case else None,
        "language": catalogue.language.tag,
        "dir": catalogue.language.direction,
        "progress": _progress(message.step, catalogue),
        "file": _file(message.file),
        "picture": _picture(message.picture, catalogue),
        "from": message.speaker,
        "asks": message.asks,
        "records": message.records,
    }


def _paragraph(text: Text, catalogue: Catalogue) -> str:
    """Lines in several languages each keep their own direction, and so do words that nobody translates."""
    words = catalogue.render(text)
    foreign = text.literal and catalogue.language.direction == "rtl"
    return "\n".join(isolated(line) for line in words.split("\n")) if foreign or "\n" in words else words


def flow(paragraphs: Sequence[str]) -> str:
    """Paragraphs with a blank line between them; the items of a list follow each other closely.

    >>> flow(["These:", "• one", "• two", "Is that right?"])
    'These:\\n• one\\n• two\\n\\nIs that right?'
    """
    text = ""
    for paragraph in paragraphs:
        if text:
            text += "\n" if _is_item(paragraph) else "\n\n"
        text += paragraph
    return text


def _is_item(paragraph: str) -> bool:
    """An item of a list begins with a bullet, a pictogram or a number."""
    first = paragraph.lstrip(_INVISIBLE)[:1]
    return first.isdecimal() or (bool(first) and not first.isalpha() and first not in "“„«\"'(¿¡")


def _choices(buttons: Sequence[Button], catalogue: Catalogue) -> list[dict[str, str]]:
    return [{"id": button.id, "label": catalogue.render(button.label)} for button in buttons]


def _file(file: FileToTake | None) -> dict[str, str] | None:
    return {"name": file.name, "url": f"/chat/file/{file.id}"} if file else None


def _picture(picture: FileToTake | None, catalogue: Catalogue) -> dict[str, str] | None:
    """A picture to be shown in the chat, with what it says for those who do not see it."""
    if picture is None:
        return None
    words = catalogue.render(_("QR code with the link of the invitation"))
    return {"name": picture.name, "url": f"/chat/file/{picture.id}", "text": words}


def _progress(step: int | None, catalogue: Catalogue) -> dict[str, Any] | None:
    if step is None:
        return None
    return {"step": step, "of": STEPS, "text": catalogue.render(progress_text(step))}


def progress_text(step: int) -> Text:
    return _("Step {step} of {steps}", step=step, steps=STEPS)
