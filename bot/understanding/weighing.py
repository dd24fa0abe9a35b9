"""How much the phrases and the leaning of a message count for each topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import prod
from typing import Final

from bot.understanding.leaning import MOST_WORDS, NOTHING, NOTICED, Lean
from bot.understanding.lexicon import Kind
from bot.understanding.matching import Hit
from bot.understanding.normalise import FULL_STOP, NO_BREAK, Token
from bot.understanding.quoting import Message
from bot.understanding.scales import SAY, Scales, Told
from bot.understanding.script import Script, script_of
from bot.vocabulary.topics import LABELS

#: Below this a topic is not even named among the three most likely.
FAINT: Final = 0.05
_SHORT: Final = 2
_ALWAYS: Final = 0.9
_SOME: Final = 0.01
_PHRASE: Final = 0.74
_FEW: Final = 8
_BACKED, _BACKED_IN_A_LIST, _BACKED_IN_A_STORY = 0.25, 0.05, NOTICED
_STORY_WORDS, _STORY_BREAKS, _STORY_SENTENCES = 14, 3, 2
_WEAK: Final = 0.5
#: Without a phrase, a topic that a message leans to less is not said aloud: in a long story something is always ahead.
_SOME_LEANING: Final = 0.2
_UNSAID: Final = SAY - 0.05
_PROMOTED: Final = 0.65
_GRAVE: Final = ("violence_protection", "mental_health_addiction")  # a figure of speech is neither


@dataclass(frozen=True, slots=True)
class NeedFound:
    """One topic, how sure (0 to 1), and the places of its phrases in the message."""

    topic: str
    score: float
    quoted: Callable[[], tuple[str, ...]] = field(compare=False, repr=False)
    places: frozenset[int] = frozenset()

    @property
    def words(self) -> tuple[str, ...]:
        """The words that say so as they were typed, those that stand together in one piece.

        Worked out when somebody asks: of the topics that are only weighed nobody does.
        """
        return self.quoted()


def ranked(message: Message, hits: Sequence[Hit]) -> tuple[NeedFound, ...]:
    """The topics that the phrases name, best first."""
    if not hits:
        return ()
    left_out = skipped(message.tokens, hits)
    harmless = left_out.union(*(hit.places for hit in hits if hit.phrase.kind is Kind.CALM))
    said = [
        hit
        for hit in hits
        if hit.phrase.kind is Kind.TOPIC and not hit.places & (harmless if hit.phrase.name in _GRAVE else left_out)
    ]
    if not said:
        return ()
    promoted = frozenset[int]()
    if any(hit.phrase.weight < _WEAK for hit in said):
        promoted = _promoted(message, said)
    by_topic: dict[str, list[tuple[float, Hit]]] = {}
    for number, hit in enumerate(said):
        if len(said) == 1 or not _is_part_of_another(hit, said):
            by_topic.setdefault(hit.phrase.name, []).append((_weight(hit, number in promoted), hit))
    needs = [_need(message, topic, found) for topic, found in by_topic.items()]
    return tuple(sorted(needs, key=lambda need: (-need.score, need.topic)))


def _promoted(message: Message, said: Sequence[Hit]) -> frozenset[int]:
    """Which phrases are enough though they are weak: where nothing else is said, in few words or with two words of
    their own; and German words in a message in another script.
    """
    nothing_surer = all(hit.phrase.weight < _WEAK for hit in said)
    short = sum(token.folded not in message.filler for token in message.tokens) <= _SHORT
    foreign = _foreign(message.tokens)
    return frozenset(
        number
        for number, hit in enumerate(said)
        if (nothing_surer and (short or len(hit.places) > 1)) or hit.places <= foreign
    )


def skipped(message: Sequence[Token], hits: Iterable[Hit]) -> frozenset[int]:
    """The places of the words that do not count."""
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


def weighed(
    message: Message, named: Sequence[NeedFound], leaning: Sequence[Lean], scales: Scales
) -> tuple[NeedFound, ...]:
    """The topics that phrases and the leaning name together, best first. A topic keeps the words of its phrases."""
    told = told_by(message, named, leaning)
    if not named and not told.leaning:
        return ()
    enough, backed = _enough(message, told)
    known, leans = {need.topic: need for need in named}, {lean.label: lean for lean in leaning}
    needs: list[NeedFound] = []
    topics = [topic for topic in LABELS if topic in told.said or topic in told.leaning]
    for topic, sure in scales.weigh(told, topics).items():
        said, leant = told.said.get(topic, 0.0), told.leaning.get(topic, 0.0)
        if said >= enough and leant >= backed:
            sure = max(sure, said)
        if topic not in told.said and leant < _SOME_LEANING:
            sure = min(sure, _UNSAID)
        if sure >= FAINT:
            quoted = known[topic].quoted if topic in known else partial(_tipping_words, message, leans[topic])
            needs.append(NeedFound(topic, round(sure, 3), quoted))
    return tuple(sorted(needs, key=lambda need: -need.score))


def told_by(message: Message, named: Sequence[NeedFound], leaning: Sequence[Lean]) -> Told:
    """What goes on the scales."""
    shares = {lean.label: lean.share for lean in leaning}
    return Told(
        leaning={topic: share for topic, share in shares.items() if topic in LABELS},
        said={need.topic: need.score for need in named},
        contested={need.topic: best for need in named if (best := _contested(need, named))},
        nothing=shares.get(NOTHING, 0.0),
        words=min(len(message.tokens), MOST_WORDS),
        breaks=min(sum(map(bool, _breaks(message))), MOST_WORDS),
    )


def _contested(need: NeedFound, named: Sequence[NeedFound]) -> float:
    """What the phrases say best for another topic with some of the same words."""
    return max((other.score for other in named if other is not need and other.places & need.places), default=0.0)


def _enough(message: Message, told: Told) -> tuple[float, float]:
    """What phrases must be worth to count whatever the scales say, and how far the message must lean their way.

    In a story several things are told, one after the other: topics are no rivals there. In a few words a phrase is
    all there is. Elsewhere a word of one topic only counts. A phrase that the rest of the message speaks against was
    meant otherwise; but the items of a list do not speak for each other, and of a long message only the beginning is
    looked at.
    """
    told_at_length = told.words >= _STORY_WORDS and told.breaks >= _STORY_BREAKS
    if told_at_length or _breaks(message).count(FULL_STOP) >= _STORY_SENTENCES:
        return _SOME, _BACKED_IN_A_STORY if len(message.tokens) <= MOST_WORDS else 0.0
    items = sum(said >= _PHRASE and topic not in told.contested for topic, said in told.said.items())
    is_list = items > 1 and told.breaks > 0
    return (_PHRASE if told.words <= _FEW else _ALWAYS), _BACKED_IN_A_LIST if is_list else _BACKED


def _breaks(message: Message) -> list[int]:
    """The break before each word but the first; most are none, which is 0."""
    return [token.broken_by for token in message.tokens[1:]]


def _tipping_words(message: Message, lean: Lean) -> tuple[str, ...]:
    return message.quoted(lean.places)


def _need(message: Message, topic: str, found: Iterable[tuple[float, Hit]]) -> NeedFound:
    """Phrases add up as chances do, each as far as it brings a new word."""
    used: set[int] = set()
    counted: list[float] = []
    for weight, hit in sorted(found, key=lambda one: (-one[0], sorted(one[1].places))):
        if not hit.places <= used:
            used |= hit.places
            counted.append(weight)
    score = round(1 - prod(1 - weight for weight in counted), 3)
    return NeedFound(topic, score, partial(message.quoted, used), frozenset(used))
