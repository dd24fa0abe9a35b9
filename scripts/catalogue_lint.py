"""What can be wrong with a translation without anybody seeing it: each check names its fault in one line."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final

from bot.i18n.bidi import CONTROLS, END_OF_ISOLATE
from bot.i18n.catalogs import PLACEHOLDER
from bot.i18n.plurals import HEADERS, forms, rule

#: tag, English, translation -> what is wrong, or "".
Check = Callable[[str, str, str], str]

_ENDS: Final = {
    **dict.fromkeys(".。۔", "."),
    **dict.fromkeys("?؟", "?"),
    **dict.fromkeys(":：", ":"),
    "!": "!",
    "…": "…",
}
_CLOSERS: Final = "\"'»”“’)]" + END_OF_ISOLATE
_ZERO_WIDTH: Final = "\u00ad\u200b\u200d\u2060\ufeff"
_WORD: Final = re.compile(r"[^\W\d_]+")
_EMOJI_JOINED: Final = re.compile("(?<=[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f])\u200d")


def faults_of_catalogue(tag: str, file: Any, template: list[Any], complete: bool) -> Iterator[str]:
    """Every fault of one catalogue, each with the English sentence it belongs to."""
    if file.metadata.get("Plural-Forms") != HEADERS[tag] or file.metadata.get("Language") != tag:
        yield f"locales/{tag}: the header must say Language: {tag} and Plural-Forms: {HEADERS[tag]}"
    wanted = [(entry.msgid, entry.msgid_plural) for entry in template]
    if [(entry.msgid, entry.msgid_plural) for entry in file] != wanted:
        yield f"locales/{tag}: its sentences are not those of locales/bot.pot; run `make words`"
    for entry in file:
        for fault in _faults_of_entry(tag, entry, complete):
            yield f"locales/{tag}: {fault}: {entry.msgid[:70]!r}"


def _faults_of_entry(tag: str, entry: Any, complete: bool) -> Iterator[str]:
    words = [*entry.msgstr_plural.values()] if entry.msgid_plural else [entry.msgstr]
    if "fuzzy" in entry.flags:
        yield "marked fuzzy"
    if not all(words):
        if complete or any(words):
            yield "not translated"
        return
    if entry.msgid_plural and len(words) != forms(tag):
        yield f"needs {forms(tag)} forms"
        return
    for form, translated in enumerate(words):
        yield from faults_of_words(tag, _source(tag, entry, form), translated)


def faults_of_words(tag: str, english: str, translated: str) -> Iterator[str]:
    """What the checks find in one translation."""
    for check in CHECKS:
        if fault := check(tag, english, translated):
            yield fault


def _source(tag: str, entry: Any, form: int) -> str:
    """The English that a form translates: a form for one number only may say the number in a word."""
    if not entry.msgid_plural:
        return str(entry.msgid)
    numbers = [n for n in range(1000) if rule(tag)(n) == form]
    if len(numbers) > 1 or "{n}" in entry.msgstr_plural[form]:
        return str(entry.msgid_plural)
    return re.sub(r"\{n\}\s?", "", entry.msgid_plural)


def placeholders(_tag: str, english: str, translated: str) -> str:
    missing = {*PLACEHOLDER.findall(english)} ^ {*PLACEHOLDER.findall(translated)}
    loose = re.search(r"[{}]", PLACEHOLDER.sub("", translated))
    return f"placeholders differ ({', '.join(sorted(missing)) or 'loose brace'})" if missing or loose else ""


def end(_tag: str, english: str, translated: str) -> str:
    return "ends with another kind of mark" if _end(english) != _end(translated) else ""


def _end(words: str) -> str:
    return _ENDS.get(words.rstrip().rstrip(_CLOSERS)[-1:], "")


def spaces(_tag: str, english: str, translated: str) -> str:
    edges = [(len(words) - len(words.lstrip()), len(words) - len(words.rstrip())) for words in (english, translated)]
    if edges[0] != edges[1] or "  " in translated:
        return "spaces at an edge or double"
    return "another number of lines" if english.count("\n") != translated.count("\n") else ""


def numbers(_tag: str, english: str, translated: str) -> str:
    if re.search(r"[٠-٩۰-۹]", translated):
        return "digits must be 0 to 9"
    found = [Counter(re.findall(r"\d+", PLACEHOLDER.sub("", words))) for words in (english, translated)]
    return "numbers differ" if found[0] != found[1] else ""


def pictures(_tag: str, english: str, translated: str) -> str:
    found = [Counter(sign for sign in words if unicodedata.category(sign) == "So") for words in (english, translated)]
    return "emoji differ" if found[0] != found[1] else ""


def directions(_tag: str, _english: str, translated: str) -> str:
    if any(control in translated for control in "\u202a\u202b\u202c\u202d\u202e"):
        return "holds an embedding control; only isolates are allowed"
    depth = 0
    for control in (letter for letter in translated if letter in CONTROLS):
        depth += (control in "\u2066\u2067\u2068") - (control == END_OF_ISOLATE)
        if depth < 0:
            break
    return "isolates are not balanced" if depth else ""


def zero_width(tag: str, _english: str, translated: str) -> str:
    left = _EMOJI_JOINED.sub("", translated)
    hidden = any(sign in left for sign in _ZERO_WIDTH) or ("\u200c" in left and tag != "fa")
    return "holds an invisible sign" if hidden else ""


def scripts(tag: str, _english: str, translated: str) -> str:
    for word in _WORD.findall(PLACEHOLDER.sub(" ", translated)):
        alphabets = {unicodedata.name(letter, "").split(" ")[0] for letter in word} & {"LATIN", "CYRILLIC", "ARABIC"}
        if len(alphabets) > 1:
            return f"letters of two alphabets in {word!r}"
    foreign = {"ar": "یکگچپژ", "fa": "يكىة"}.get(tag, "")
    return "letters of the other Arabic alphabet" if any(letter in translated for letter in foreign) else ""


def marks(tag: str, _english: str, translated: str) -> str:
    wrong = tag in ("ar", "fa") and ("?" in translated or re.search(r"[؀-ۿ][,;]", translated))
    return "Latin ? , or ; in right-to-left text" if wrong else ""


CHECKS: Final[tuple[Check, ...]] = (
    placeholders,
    end,
    spaces,
    numbers,
    pictures,
    directions,
    zero_width,
    scripts,
    marks,
)
