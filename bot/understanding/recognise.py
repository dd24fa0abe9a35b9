"""The needs a person writes of, each with the words that say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Final

from bot.understanding.cyrillic import LANGUAGES as CYRILLIC
from bot.understanding.cyrillic import in_cyrillic
from bot.understanding.husband import Husband, by_husband
from bot.understanding.language import Guess, Languages
from bot.understanding.leaning import FEWEST, Lean, Pieces, Weights, leans, pieces_in
from bot.understanding.lexicon import Lexicon, Table, Urgent
from bot.understanding.matching import Hit, find
from bot.understanding.normalise import Token, tokens
from bot.understanding.quoting import Message
from bot.understanding.romanised import UNSURE
from bot.understanding.scales import SAY, Scales
from bot.understanding.script import Script, main_script, scripts_of
from bot.understanding.senses import Senses, pieces_of_senses, senses_in
from bot.understanding.urgent import Alarm, alarm, worry
from bot.understanding.weighing import NeedFound, ranked, skipped, weighed

#: Without a phrase, a leaning below this leaves the message vague.
SOME_TRACE: Final = 0.5
MOST: Final = 5
CANDIDATES: Final = 3
#: The name of the weights over senses, which all languages share.
ALL: Final = "senses"
_PLAIN: Final = ("de", "en")  # nobody transliterates into these


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What a message says. `needs` are sure enough to say, best first; `vague` is a message without any trace.

    `worry` is an emergency that the message only leans to: no reason for an alarm, and one for a soft question.
    `by_husband`: it tells of violence by the person's husband or friend.
    """

    needs: tuple[NeedFound, ...] = ()
    urgent: Urgent | None = None
    urgent_quoted: Callable[[], tuple[str, ...]] = field(default=tuple, compare=False, repr=False)
    worry: Urgent | None = None
    by_husband: bool = False
    language: str | None = None
    vague: bool = True

    @property
    def urgent_words(self) -> tuple[str, ...]:
        """The words that tell of the emergency: worked out when somebody asks."""
        return self.urgent_quoted()


class Recogniser:
    """Reads messages in every language of the lexicon."""

    def __init__(
        self,
        lexicon: Lexicon,
        languages: Languages,
        leanings: Mapping[str, Weights] | None = None,
        husbands: Mapping[str, Husband] | None = None,
        scales: Scales | None = None,
        senses: Mapping[str, Senses] | None = None,
    ) -> None:
        self._tables = lexicon.tables
        self._languages = languages
        self._leanings = leanings or {}
        self._scales = scales
        self._senses = senses or {}
        self._husbands = husbands or {}

    def recognise(self, text: str, language: str | None = None) -> Recognition:
        """The needs of a message by a person who has chosen `language`, or nobody knows which."""
        read = self.read(text, language)
        return Recognition(
            needs=tuple(need for need in read.needs if need.score >= SAY)[:MOST],
            urgent=read.alarm.kind if read.alarm else None,
            urgent_quoted=partial(_quoted, read.message, read.alarm) if read.alarm else tuple,
            worry=read.worry,
            by_husband=self._by_husband(text, read.alarm),
            language=read.language,
            vague=read.alarm is None and not read.named and all(need.score < SOME_TRACE for need in read.needs),
        )

    def candidates(self, text: str, language: str | None = None, most: int = CANDIDATES) -> tuple[NeedFound, ...]:
        """The three most likely topics, for asking back."""
        return self.read(text, language).needs[:most]

    def read_all(self) -> None:
        """Every language is read now and not when somebody first writes in it; a bad table raises."""
        for tables in (self._tables, self._leanings, self._senses):
            for language in tables:
                tables[language]

    def read(self, text: str, chosen: str | None) -> Reading:
        """What stands in a message, before anything is said of it."""
        words: Sequence[Token] = tokens(text)
        pieces, scripts = pieces_in(words), scripts_of(token.folded for token in words)
        guess = self._languages.guess(len(words), main_script(scripts), pieces)
        latin = self._table_in_latin(scripts, (guess.named, chosen))
        spelt_so = latin is not None and guess.named in (None, latin.language)
        own = (latin.language,) if latin and spelt_so else (guess.named, chosen)
        tables = self._tables_for(scripts, own)
        message = Message(text, words, _filler(words, [table for table, _ in tables]))
        hits = [hit for table, slips in tables for hit in _found(words, table, slips)]
        named = ranked(message, hits)
        if latin and all(need.score < SAY for need in named):
            words, found = _in_latin(words, latin)
            pieces, scripts = pieces_in(words), scripts_of(token.folded for token in words)
            hits += found
            message = Message(text, words, message.filler | latin.filler)
            named = ranked(message, hits)
        spelled = latin is not None and any(need.score >= SAY for need in named)  # the leaning knows few such words
        left_out = skipped(words, hits)
        counted = pieces_in(words, left_out) if left_out else pieces
        leaning = self._leaning(words, counted, self._language_of(main_script(scripts), own, guess), left_out)
        raised = alarm(words, hits, leaning)
        return Reading(
            message=message,
            hits=hits,
            named=named,
            leaning=leaning,
            needs=weighed(message, named, leaning, self._scales) if leaning and self._scales and not spelled else named,
            alarm=raised,
            worry=None if raised else worry(words, hits, leaning),
            language=guess.named,
        )

    def _by_husband(self, text: str, alarm: Alarm | None) -> bool:
        return alarm is not None and alarm.kind is Urgent.VIOLENCE and by_husband(tokens(text), self._husbands)

    def _tables_for(self, scripts: Iterable[Script], own: Sequence[str | None]) -> list[tuple[Table, bool]]:
        """The tables of the scripts in a message; slips are allowed for in the person's own languages only."""
        return [(self._tables[tag], slips) for tag, slips in _tags_of((*scripts,), own) if tag in self._tables]

    def _language_of(self, script: Script, own: Sequence[str | None], guess: Guess) -> str | None:
        """By whose weights a message is read: the person's language if it fits the script, else the likeliest."""
        fits = (tag for tag in own if tag in self._leanings and (len(own) == 1 or tag in script.languages))
        return next(fits, guess.likeliest if guess.likeliest in self._leanings else None)

    def _leaning(
        self, message: Sequence[Token], pieces: Pieces, language: str | None, skipped: frozenset[int]
    ) -> list[Lean]:
        if language is None or len(message) - len(skipped) < FEWEST:
            return []
        senses = senses_in(message, self._senses[language], skipped) if language in self._senses else {}
        return leans(pieces, self._leanings[language], pieces_of_senses(senses), self._leanings.get(ALL))

    def _table_in_latin(self, scripts: Iterable[Script], own: Sequence[str | None]) -> Table | None:
        """The table of a person whose language has another script and who yet types in Latin letters."""
        if any(script not in (Script.LATIN, Script.OTHER) for script in scripts):
            return None
        foreign = (tag for tag in own if tag and tag not in Script.LATIN.languages)
        return next((self._tables[tag] for tag in foreign if tag in self._tables), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A message with the phrases found in it, the topics they name, what it leans to, and all of it weighed."""

    message: Message
    hits: Sequence[Hit]
    named: Sequence[NeedFound]
    leaning: Sequence[Lean]
    needs: tuple[NeedFound, ...]
    alarm: Alarm | None
    worry: Urgent | None
    language: str | None


def _quoted(message: Message, alarm: Alarm) -> tuple[str, ...]:
    return message.quoted(alarm.places)


def _filler(message: Sequence[Token], tables: Sequence[Table]) -> frozenset[str]:
    said = {token.folded for token in message}
    return frozenset().union(*(said & table.filler for table in tables))


def _in_latin(message: Sequence[Token], table: Table) -> tuple[Sequence[Token], list[Hit]]:
    """What a message in Latin letters says in a language of another script, and its words in that script if sure."""
    if table.language in CYRILLIC:
        words = in_cyrillic(table.language, message)
        return words, _found(words, table, True)
    if table.romanised is None:
        return message, []
    hits = find(table.romanised.plain(message), table, table.romanised.meant_by)
    return message, [hit for hit in hits if hit.sure > UNSURE or len(hit.places) > 1]


def _found(message: Sequence[Token], table: Table, slips: bool) -> list[Hit]:
    return find(message, table, table.words.meant_by if slips else table.words.spelt)


@lru_cache(256)
def _tags_of(scripts: Sequence[Script], own: Sequence[str | None]) -> Sequence[tuple[str, bool]]:
    """The languages whose tables fit these scripts, and whether slips are allowed for in each."""
    wanted: dict[str, bool] = {}
    for script in scripts:
        known = {*filter(None, own)} & {*script.languages}
        tags = _tags(script, known) if known or not any(own) or script is not Script.LATIN else frozenset(_PLAIN)
        wanted.update({tag: not any(own) or tag in known for tag in tags})
    return sorted(wanted.items())


def _tags(script: Script, known: Set[str]) -> Set[str]:
    match script:
        case Script.LATIN if known:
            return known | {"de"}  # the offices' words
        case Script.ARABIC if known:
            return known
        case _:  # nobody knows; and many people mix Russian and Ukrainian
            return frozenset(script.languages)
