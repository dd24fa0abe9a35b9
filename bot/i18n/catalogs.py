"""The catalogues that give a sentence its language. A sentence without a translation is said in English, its source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from babel.messages.pofile import PoFileError, read_po

from bot.i18n.bidi import isolated, marked, plain, runs_right_to_left
from bot.i18n.languages import BY_TAG, LANGUAGES, Language
from bot.i18n.plurals import HEADERS, Rule, forms, rule
from bot.i18n.speech import near_date, spoken_date, spoken_moment, spoken_time
from bot.i18n.text import Near, Text, Value

PHONE: Final = re.compile(r"\+?\d[\d ()/-]{2,}")
PLACEHOLDER: Final = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """One language's words: each English sentence with its translation, or its forms if it counts."""

    language: Language
    plural: Rule
    sentences: Mapping[str, tuple[str, ...]]

    def render(self, text: Text, *, with_mark: bool = False) -> str:
        """The sentence in this language. `with_mark` begins each line from the right where the language does so."""
        words = unicodedata.normalize("NFC", self._words(text))
        return marked(words) if with_mark and self.language.direction == "rtl" else words

    def knows(self, text: Text) -> bool:
        """This sentence has a translation, or needs none."""
        return text.literal or self.language.tag == "en" or text.source in self.sentences

    def _words(self, text: Text) -> str:
        if text.literal:
            return plain(text.source)
        values = {name: self._value(value) for name, value in text.values}
        return PLACEHOLDER.sub(lambda place: values.get(place[1], place[0]), self._sentence(text))

    def _sentence(self, text: Text) -> str:
        translated = self.sentences.get(text.source, ())
        if text.plural is None or text.count is None:
            return translated[0] if translated else text.source
        if len(translated) < 2:
            return text.source if text.count == 1 else text.plural
        return translated[self.plural(abs(text.count))]

    def _value(self, value: Value) -> str:
        match value:
            case Text():
                return self._data(value.source) if value.literal else self._words(value)
            case str():
                return self._data(value)
            case Near(day):
                return near_date(day, self.language.tag)
            case datetime():
                return spoken_moment(value, self.language.tag)
            case date():
                return spoken_date(value, self.language.tag)
            case time():
                return spoken_time(value)
            case int():
                return str(value)

    def _data(self, words: str) -> str:
        """Data has no control of direction of its own, and stands isolated where it could turn the sentence round.

        A telephone number always does: so a channel knows that it can be called.
        """
        words = plain(words)
        alone = self.language.direction == "rtl" or runs_right_to_left(words) or PHONE.fullmatch(words)
        return isolated(words) if alone else words


Catalogues = Mapping[str, Catalogue]


def read_catalogues(po_texts: Mapping[str, str]) -> Catalogues:
    """A catalogue for each language, from the `.po` texts there are; a language without one says English."""
    for tag in po_texts.keys() - BY_TAG.keys():
        raise ValueError(f"locales/{tag}: the languages are {', '.join(BY_TAG)}")
    return {
        language.tag: read_catalogue(language.tag, po_texts[language.tag])
        if language.tag in po_texts
        else Catalogue(language=language, plural=rule(language.tag), sentences={})
        for language in LANGUAGES
    }


def read_catalogue(tag: str, po_text: str) -> Catalogue:
    """One catalogue from the text of its `.po` file; raises `ValueError` for one that cannot be trusted.

    What is marked fuzzy, or not filled in every form, counts as not translated.
    """
    try:
        read = read_po(po_text.splitlines(keepends=True), ignore_obsolete=True, abort_invalid=True)
    except PoFileError as error:
        raise ValueError(f"locales/{tag}: {error}") from error
    if f"nplurals={read.num_plurals}; plural={read.plural_expr};" != HEADERS[tag]:
        raise ValueError(f"locales/{tag}: Plural-Forms must be {HEADERS[tag]}")
    sentences = {}
    for message in read:
        source, words = _parts(message.id, message.string)
        if len(words) not in (1, forms(tag)):
            raise ValueError(f"locales/{tag}: {forms(tag)} forms are needed for {source!r}")
        if source and not message.fuzzy and all(words):
            sentences[source] = words
    return Catalogue(language=BY_TAG[tag], plural=rule(tag), sentences=sentences)


def _parts(source: str | Sequence[str], words: str | Sequence[str] | None) -> tuple[str, tuple[str, ...]]:
    one = source if isinstance(source, str) else source[0]
    return one, (words,) if isinstance(words, str) else tuple(words or ("",))
