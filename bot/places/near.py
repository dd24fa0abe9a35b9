"""Names that are a slip or two away from what was typed. Short names need to be nearly exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.places.gazetteer import SHORTEST_SKELETON, Gazetteer, Meaning
from bot.places.sentence import Stretch, is_street
from bot.places.spelling import Script, consonants, script_of

SHORTEST: Final = 5
SHORTEST_PART: Final = 7  # the name of a part of a town
TRUST_FIRST_LETTER_FROM: Final = 8
FEWEST_LETTERS: Final = 3  # "aaaa" resembles no name
MAY_ASK_FROM: Final = 7  # from here one slip more is worth a question
WORD_LENGTH: Final = 6  # up to here a word in a sentence needs a preposition that announces a place


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A name near to what was typed; `slips` per letter, `close` enough to be taken for it."""

    meaning: Meaning
    slips: float
    close: bool


def near_hits(parts: Sequence[Stretch], words: Sequence[str], gazetteer: Gazetteer) -> list[Near]:
    """All names near to any of these stretches of the sentence, the nearest first."""
    hits: list[Near] = []
    for part in parts:
        after = words[part.end] if part.end < len(words) else ""
        if part.letters not in gazetteer.never and not is_street(part.letters, after) and _may_be_a_place(part):
            hits.extend(_near(part, gazetteer))
            hits.extend(_same_sound(part.letters, gazetteer))
    return sorted(hits, key=lambda hit: (hit.slips, hit.meaning.small))


def slips_allowed(length: int) -> int:
    """One slip in a name of five letters, two from twelve, three from eighteen.

    Meisenheim is two letters away from Meckenheim, Laichingen from Leichlingen: such a distance is only asked about.
    """
    return 0 if length < SHORTEST else 1 if length < 12 else 2 if length < 18 else 3


def _may_be_a_place(part: Stretch) -> bool:
    return len(part.letters) > WORD_LENGTH or part.marked or part.alone


def _near(part: Stretch, gazetteer: Gazetteer) -> Iterator[Near]:
    letters = part.letters
    if SHORTEST - 2 <= len(letters) <= SHORTEST and part.alone:
        yield from _short(letters, gazetteer)
    allowed = slips_allowed(len(letters))
    if not allowed or len(set(letters)) < FEWEST_LETTERS:
        return
    most = allowed + 1 if len(letters) >= MAY_ASK_FROM and (part.whole or part.marked) else allowed
    for name, slips, _ in _extract(letters, most, gazetteer):
        meaning = gazetteer.meanings[name]
        if len(name) >= (SHORTEST_PART if meaning.small and meaning.inside else SHORTEST):
            if slips > allowed and (letters[0] != name[0] or meaning.small):
                continue
            close = slips <= allowed and _trusted(letters, name, meaning)
            yield Near(meaning=meaning, slips=slips / len(name), close=close)


def _extract(letters: str, most: int, gazetteer: Gazetteer) -> Iterable[tuple[str, int, int]]:
    script = script_of(letters)
    for length in range(len(letters) - most, len(letters) + most + 1):
        names = gazetteer.by_size.get((script, length), ())
        yield from extract(letters, names, scorer=OSA.distance, score_cutoff=most, limit=4)


def _trusted(letters: str, name: str, meaning: Meaning) -> bool:
    """A short name with another first letter is only asked about ("Garten", "Karten" are not Kürten).

    A short name outside may as well be any word ("hallo" is not Halle).
    """
    if not meaning.inside:
        return len(name) > WORD_LENGTH
    if meaning.small:
        return len(name) > SHORTEST_PART and letters[0] == name[0]
    return len(name) >= TRUST_FIRST_LETTER_FROM or letters[0] in name[:2] or name[0] in letters[:2]


def _same_sound(letters: str, gazetteer: Gazetteer) -> Iterator[Near]:
    """Vowels and neighbouring consonants differ freely when a German name is written in Arabic letters."""
    sound = consonants(letters)
    if script_of(letters) is Script.ARABIC and len(sound) >= SHORTEST_SKELETON:
        for name in gazetteer.by_sound.get(sound, ()):
            slips = max(1, OSA.distance(letters, name))
            yield Near(meaning=gazetteer.meanings[name], slips=slips / len(name), close=True)


def _short(letters: str, gazetteer: Gazetteer) -> Iterator[Near]:
    """A name of five letters that lost one, and "Much" with two letters swapped or one doubled, are close."""
    for name, _, _ in _extract(letters, 1, gazetteer):
        meaning = gazetteer.meanings[name]
        if len(name) <= SHORTEST and not (meaning.inside and meaning.small) and letters[0] == name[0]:
            twisted = sorted(letters) == sorted(name) or "".join(dict.fromkeys(letters)) == name
            lost = len(letters) < len(name) == SHORTEST
            if len(letters) < SHORTEST or twisted:
                yield Near(meaning=meaning, slips=1 / len(name), close=bool(meaning.inside) and (twisted or lost))
