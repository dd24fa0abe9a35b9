"""What Telegram refuses: texts, keyboards and entities that are not as the Bot API wants them, in its own words.

Sources: core.telegram.org/bots/api; error texts of the public Bot API server.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any, Final

from tests.telegram.fake_faults import Refused, bad

LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
_TAGS: Final = frozenset(
    {
        "b",
        "strong",
        "i",
        "em",
        "u",
        "ins",
        "s",
        "strike",
        "del",
        "span",
        "tg-spoiler",
        "a",
        "code",
        "pre",
        "blockquote",
        "tg-emoji",
        "tg-time",
    }
)
_RESERVED: Final = frozenset("_*[]()~`>#+-=|{}.!")
_PAIRS: Final = ("||", "__", "*", "_", "~", "`")


def units(text: str) -> int:
    """Telegram counts UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def parsed(text: str, mode: str | None, entities: Any) -> str:
    """The text that people see. Raises for markup that cannot be parsed."""
    _inside(text, entities)
    match (mode or "").lower():
        case "":
            return text
        case "html":
            return _html(text)
        case "markdownv2":
            return _markdown(text)
        case "markdown":
            return _old_markdown(text)
        case _:
            raise bad("unsupported parse_mode")


def checked_text(shown: str, limit: int = LONGEST_TEXT) -> str:
    stripped = shown.strip()
    if not stripped:
        raise bad("message text is empty")
    if units(stripped) > limit:
        raise bad("message is too long" if limit == LONGEST_TEXT else "message caption is too long")
    return stripped


def keyboard(markup: Any) -> list[list[dict[str, str]]]:
    """The inline keyboard, or none. Buttons that Telegram does not take are refused."""
    if not markup:
        return []
    given = json.loads(markup) if isinstance(markup, str) else markup
    if "inline_keyboard" not in given:
        return []
    rows: list[list[dict[str, str]]] = [row for row in given["inline_keyboard"] if row]
    for row in rows:
        if len(row) > 8:
            raise bad("too many buttons in a row")
        for button in row:
            _check(button)
    if sum(map(len, rows)) > 100:
        raise bad("reply markup is too long")
    return rows


def reply_keyboard(markup: Any) -> list[list[dict[str, Any]]] | None:
    """The keyboard in place of the letters (empty: it goes away), or none where the markup is of another kind."""
    given = json.loads(markup) if isinstance(markup, str) and markup else markup or {}
    if given.get("remove_keyboard") is True:
        return []
    rows: list[list[dict[str, Any]]] | None = given.get("keyboard")
    if rows is None:
        return None
    if not any(rows):
        raise bad("reply markup has no buttons")
    for button in (button for row in rows for button in row):
        if not str(button.get("text", "")).strip():
            raise bad('can\'t parse keyboard button: Field "text" must be non-empty')
    return rows


def _check(button: dict[str, str]) -> None:
    if not str(button.get("text", "")).strip():
        raise bad("can't parse inline keyboard button: text must be non-empty")
    if "url" in button or "copy_text" in button:
        return
    if "callback_data" not in button:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")


def _inside(text: str, entities: Any) -> None:
    given = json.loads(entities) if isinstance(entities, str) and entities else entities or []
    for entity in given:
        if entity["offset"] < 0 or entity["length"] < 1 or entity["offset"] + entity["length"] > units(text):
            raise bad("can't parse entities: entity is outside of the text")


def _html(text: str) -> str:
    open_tags: list[str] = []
    for found in re.finditer(r"<(/?)([A-Za-z0-9-]*)([^<>]*)(>?)", text):
        closing, tag, _, end = found.groups()
        at = len(text[: found.start()].encode())
        if tag.lower() not in _TAGS or not end:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {at}')
        if not closing:
            open_tags.append(tag.lower())
        elif not open_tags or open_tags.pop() != tag.lower():
            raise bad(f"can't parse entities: Unmatched end tag at byte offset {at}")
    if open_tags:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1]}\"")
    return unescape(re.sub(r"<[^<>]*>", "", text))


def _markdown(text: str) -> str:
    shown, open_marks, at = "", list[str](), 0
    while at < len(text):
        mark = next((pair for pair in _PAIRS if text.startswith(pair, at)), None)
        link = re.match(r"\[((?:\\.|[^\]\\])*)\]\(((?:\\.|[^)\\])*)\)", text[at:])
        if text[at] == "\\" and at + 1 < len(text):
            shown, at = shown + text[at + 1], at + 2
        elif link:
            shown, at = shown + _markdown(link[1]), at + link.end()
        elif mark:
            (open_marks.remove if mark in open_marks else open_marks.append)(mark)
            at += len(mark)
        elif text[at] in _RESERVED and not (text[at] == ">" and (at == 0 or text[at - 1] == "\n")):
            raise bad(
                f"can't parse entities: Character '{text[at]}' is reserved and must be escaped with the preceding '\\'"
            )
        else:
            shown, at = shown + text[at], at + 1
    if open_marks:
        raise _no_end(text)
    return shown


def _old_markdown(text: str) -> str:
    plain = re.sub(r"\\[_*`\[]", "", text)
    if any(plain.count(mark) % 2 for mark in "*_`") or plain.count("[") != plain.count("]"):
        raise _no_end(text)
    return re.sub(r"(?<!\\)[*_`]", "", text)


def _no_end(text: str) -> Refused:
    return bad(f"can't parse entities: Can't find end of the entity starting at byte offset {len(text.encode()) - 1}")
