"""The needs a person writes of, each with the words that say so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from math import prod
from typing import Final

from bot.understanding.language import Languages
from bot.understanding.lexicon import Kind, Lexicon, Table, Urgent
from bot.understanding.matching import Hit, LookUp, find
from bot.understanding.normalise import NO_BREAK, Token, tokens
from bot.understanding.romanised import UNSURE
from bot.understanding.script import Script, script_of
from bot.understanding.urgent import Alarm, alarm

#: From here on a need is said aloud; below it is offered to choose from.
SAY: Final = 0.6
OFFER: Final = 0.25
MOST: Final = 5
CANDIDATES: Final = 3
_SHORT: Final = 2
_WEAK: Final = 0.5
_PROMOTED: Final = 0.65
_GRAVE: Final = ("violence_protection", "mental_health_addiction")  # a figure of speech is neither
_PLAIN: Final = ("de", "en")  # nobody transliterates into these


@dataclass(frozen=True, slots=True)
class NeedFound:
    """One topic, how sure (0 to 1), and the words as they were typed."""

    topic: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What a message says. `needs` are sure enough to say, best first; `vague` is a message without any trace."""

    needs: tuple[NeedFound, ...] = ()
    urgent: Urgent | None = None
    urgent_words: tuple[str, ...] = ()
    language: str | None = None
    vague: bool = True


class Recogniser:
    """Reads messages in every language of the lexicon."""

    def __init__(self, lexicon: Lexicon, languages: Languages) -> None:
        self._tables = lexicon.tables
        self._languages = languages

    def recognise(self, text: str, language: str | None = None) -> Recognition:
        """The needs of a message by a person who has chosen `language`, or nobody knows which."""
        read = self._read(text, language)
        return Recognition(
            needs=tuple(need for need in read.ranked if need.score >= SAY)[:MOST],
            urgent=read.alarm.kind if read.alarm else None,
            urgent_words=_typed(read.message, read.alarm.places) if read.alarm else (),
            language=read.language,
            vague=not read.ranked and read.alarm is None,
        )

    def candidates(self, text: str, language: str | None = None) -> tuple[NeedFound, ...]:
        """The three most likely topics, for asking back."""
        return self._read(text, language).ranked[:CANDIDATES]

    def _read(self, text: str, chosen: str | None) -> _Read:
        message = tokens(text)
        guessed = self._languages.guess(message)
        own = {chosen, guessed}
        tables = self._for(message, chosen, guessed)
        hits = [hit for table in tables for hit in find(message, table, _look_up(table, own))]
        ranked = _ranked(message, hits, self._filler(message))
        if not ranked and (table := self._table_in_latin(message, chosen, guessed)):
            hits += _in_latin(message, table)
            ranked = _ranked(message, hits, table.filler)
        return _Read(message=message, ranked=ranked, alarm=alarm(message, hits), language=guessed)

    def _for(self, message: Sequence[Token], chosen: str | None, guessed: str | None) -> list[Table]:
        wanted: set[str] = set()
        for script in {script_of(token.folded) for token in message}:
            wanted |= _tables_of(script, chosen, guessed)
        return [self._tables[tag] for tag in sorted(wanted) if tag in self._tables]

    def _filler(self, message: Sequence[Token]) -> frozenset[str]:
        return frozenset(
            token.folded for token in message if any(token.folded in table.filler for table in self._tables.values())
        )

    def _table_in_latin(self, message: Sequence[Token], chosen: str | None, guessed: str | None) -> Table | None:
        """The table of a person who has chosen another script and yet types in Latin letters."""
        latin = all(script_of(token.folded) in (Script.LATIN, Script.OTHER) for token in message)
        return self._tables.get(chosen or "") if latin and guessed not in _PLAIN else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    message: Sequence[Token]
    ranked: tuple[NeedFound, ...]
    alarm: Alarm | None
    language: str | None


def _in_latin(message: Sequence[Token], table: Table) -> list[Hit]:
    if table.romanised is None:
        return []
    hits = find(message, table, table.romanised.filled_by)
    return [hit for hit in hits if hit.sure > UNSURE or len(hit.places) > 1]


def _look_up(table: Table, own: Collection[str | None]) -> LookUp:
    """Slips are allowed for in the person's own language; other tables only lend whole words."""
    return partial(table.words.filled_by, slips=table.language in own or own == {None})


def _tables_of(script: Script, chosen: str | None, guessed: str | None) -> set[str]:
    known = {tag for tag in (chosen, guessed) if tag and tag in script.languages}
    match script:
        case Script.CYRILLIC:
            return set(script.languages)  # many people mix the two
        case Script.ARABIC:
            return known or set(script.languages)
        case Script.LATIN if guessed and guessed in known:
            return known | {"de"}
        case Script.LATIN:
            return known | {"de", "en"} if known else set(script.languages)
        case Script.OTHER:
            return set()


def _ranked(message: Sequence[Token], hits: Sequence[Hit], filler: frozenset[str]) -> tuple[NeedFound, ...]:
    skipped = _skipped(message, hits)
    harmless = skipped.union(*(hit.places for hit in hits if hit.phrase.kind is Kind.CALM))
    said = [
        hit
        for hit in hits
        if hit.phrase.kind is Kind.TOPIC and not hit.places & (harmless if hit.phrase.name in _GRAVE else skipped)
    ]
    short = sum(token.folded not in filler for token in message) <= _SHORT
    nothing_surer = all(hit.phrase.weight < _WEAK for hit in said)

    def promoted(hit: Hit) -> bool:
        """A weak phrase is enough where nothing else is said: in few words, or with two words of its own."""
        return nothing_surer and (short or len(hit.places) > 1)

    foreign = _foreign(message)
    by_topic: dict[str, list[tuple[float, Hit]]] = {}
    for hit in said:
        if not _is_part_of_another(hit, said):
            weight = _weight(hit, promoted(hit) or hit.places <= foreign)
            by_topic.setdefault(hit.phrase.name, []).append((weight, hit))
    needs = (_need(message, topic, found) for topic, found in by_topic.items())
    return tuple(sorted((need for need in needs if need.score >= OFFER), key=lambda need: (-need.score, need.topic)))


def _skipped(message: Sequence[Token], hits: Iterable[Hit]) -> frozenset[int]:
    places: set[int] = set()
    for hit in hits:
        if hit.phrase.kind in (Kind.SKIP, Kind.REST):
            places |= hit.places
        if hit.phrase.kind is Kind.REST:
            places |= _rest_of_clause(message, max(hit.places))
    return frozenset(places)


def _rest_of_clause(message: Sequence[Token], place: int) -> set[int]:
    rest: set[int] = set()
    for later in range(place + 1, len(message)):
        if message[later].broken_by != NO_BREAK:
            break
        rest.add(later)
    return rest


def _foreign(message: Sequence[Token]) -> frozenset[int]:
    """German words in a message in another script are there because they matter."""
    latin = frozenset(
        place
        for place, token in enumerate(message)
        if script_of(token.folded) is Script.LATIN and token.folded.isalpha()
    )
    return latin if len(latin) * 2 < len(message) else frozenset()


def _weight(hit: Hit, promoted: bool) -> float:
    weight = hit.phrase.weight
    return hit.sure * (_PROMOTED if promoted and weight < _WEAK else weight)


def _is_part_of_another(hit: Hit, hits: Iterable[Hit]) -> bool:
    return any(
        hit.places < other.places and hit.phrase.weight <= other.phrase.weight and hit.phrase.name != other.phrase.name
        for other in hits
    )


def _need(message: Sequence[Token], topic: str, found: Iterable[tuple[float, Hit]]) -> NeedFound:
    """Phrases add up as chances do, each as far as it brings a new word."""
    used: set[int] = set()
    counted: list[float] = []
    for weight, hit in sorted(found, key=lambda one: (-one[0], sorted(one[1].places))):
        if not hit.places <= used:
            used |= hit.places
            counted.append(weight)
    return NeedFound(topic, round(1 - prod(1 - weight for weight in counted), 3), _typed(message, used))


def _typed(message: Sequence[Token], places: Iterable[int]) -> tuple[str, ...]:
    return tuple(message[place].raw for place in sorted(places))
