"""What is remembered of a conversation between two messages. Before consent: language and screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from bot.booking.slot import Consultation, Slot
from bot.handoff.invitations import Known
from bot.vocabulary.facts import Facts, read_facts, write_facts
from bot.vocabulary.ways import Suggestion


class Purpose(StrEnum):
    """What a person can agree to, each for itself."""

    CONTACT = "contact"
    PASS_ON = "pass_on"
    REMINDERS = "reminders"


@dataclass(frozen=True, slots=True)
class Told:
    """A need and the words it was recognised from; no words where it was chosen by button."""

    topic: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """How the desk may reach the person: `chat`, `phone` or `email`, and the number or address."""

    channel: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A slot that is kept while the person confirms."""

    appointment: str
    slot: Slot


FIRST_SCREEN: Final = "language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One person's conversation. `trail` are the screens that back leads through, newest last.

    `ruled_by` are the versions of the routing rules that it began with, by county; `counted`: its intake was.
    """

    language: str | None = None
    client_language: str | None = None
    screen: str = FIRST_SCREEN
    trail: tuple[str, ...] = ()
    agreed: frozenset[Purpose] = frozenset()
    marked: frozenset[str] = frozenset()
    facts: Facts = field(default_factory=Facts)
    told: tuple[Told, ...] = ()
    kept: tuple[str, ...] = ()
    asked: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    other_language: str | None = None
    preferred: Suggestion | None = None
    interpreter: bool | None = None
    reach: Reach | None = None
    name: str | None = None
    offered: tuple[Slot, ...] = ()
    wish: str = "next"
    hold: Hold | None = None
    moving: str | None = None
    answering: str | None = None
    invitation: int | None = None
    inviter_knows: Known | None = None
    together: bool = False
    escort: bool | None = None
    ruled_by: tuple[tuple[str, int], ...] | None = None
    counted: bool = False

    @property
    def consented(self) -> bool:
        """The person agreed that what they tell is stored."""
        return Purpose.CONTACT in self.agreed


def forget_answers(session: Session) -> Session:
    """The same person with nothing told: language, consent and who brought them stay."""
    return Session(
        language=session.language,
        client_language=session.client_language,
        screen=session.screen,
        agreed=session.agreed,
        invitation=session.invitation,
        inviter_knows=session.inviter_knows,
        together=session.together,
    )


def write_session(session: Session) -> dict[str, Any]:
    """The session as JSON values. Without consent only the language and the screen are in it.

    Whoever was invited brings the number of their invitation along: it says nothing of them.
    """
    if not session.consented:
        bare: dict[str, Any] = {"language": session.language, "screen": session.screen}
        return bare if session.invitation is None else {**bare, "invitation": session.invitation}
    return {
        **{name: getattr(session, name) for name in _PLAIN},
        **{name: list(getattr(session, name)) for name in _TUPLES},
        **{name: sorted(getattr(session, name)) for name in _SETS},
        "facts": write_facts(session.facts),
        "told": [[told.topic, *told.words] for told in session.told],
        "reach": [session.reach.channel, session.reach.value] if session.reach else None,
        "offered": [_write_slot(slot) for slot in session.offered],
        "inviter_knows": str(session.inviter_knows) if session.inviter_knows else None,
        "ruled_by": dict(session.ruled_by) if session.ruled_by is not None else None,
        "hold": [session.hold.appointment, *_write_slot(session.hold.slot)] if session.hold else None,
    }


def read_session(document: Mapping[str, Any]) -> Session:
    """The session that `write_session` wrote; a key that an older program did not write is as at the start."""
    known = {name: document[name] for name in _PLAIN if name in document}
    known |= {name: tuple(document[name]) for name in _TUPLES if name in document}
    known |= {name: frozenset(document[name]) for name in ("marked", "asked") if name in document}
    session = Session(
        **known,
        agreed=frozenset(Purpose(one) for one in document.get("agreed", ())),
        facts=_read_facts(document.get("facts", {})),
        told=tuple(Told(topic, tuple(words)) for topic, *words in document.get("told", ())),
        offered=tuple(_read_slot(slot) for slot in document.get("offered", ())),
    )
    preferred, reach, hold = (document.get(name) for name in ("preferred", "reach", "hold"))
    inviter_knows, ruled_by = document.get("inviter_knows"), document.get("ruled_by")
    return replace(
        session,
        preferred=Suggestion(preferred) if preferred else None,
        reach=Reach(*reach) if reach else None,
        inviter_knows=Known(inviter_knows) if inviter_knows else None,
        ruled_by=None if ruled_by is None else tuple(sorted(ruled_by.items())),
        hold=Hold(hold[0], _read_slot(hold[1:])) if hold else None,
    )


_PLAIN: Final = (
    "language",
    "client_language",
    "screen",
    "other_language",
    "preferred",
    "interpreter",
    "name",
    "wish",
    "moving",
    "answering",
    "invitation",
    "together",
    "escort",
    "counted",
)
_TUPLES: Final = ("trail", "kept", "places", "guesses")
_SETS: Final = ("agreed", "marked", "asked")


def _write_slot(slot: Slot) -> list[str]:
    """Desk, times, buffers, kind and place; then posts, rooms and interpreters, whose names have no spaces."""
    buffers = (str(int(one.total_seconds() // 60)) for one in (slot.buffer, slot.before))
    claimed = (" ".join(names) for names in (slot.posts, slot.rooms, slot.interpreters))
    times = (slot.starts_at.isoformat(), slot.ends_at.isoformat())
    return [slot.desk, *times, *buffers, str(slot.kind), slot.place or "", *claimed]


def _read_slot(written: list[str]) -> Slot:
    """An older program wrote only the first four."""
    later = ("0", str(Consultation.FIRST), "", "", "", "")
    desk, starts_at, ends_at, buffer, before, kind, place, *claimed = [*written, *later[len(written) - 4 :]]
    posts, rooms, interpreters = (tuple(names.split()) for names in claimed)
    return Slot(
        desk=desk,
        starts_at=datetime.fromisoformat(starts_at),
        ends_at=datetime.fromisoformat(ends_at),
        buffer=timedelta(minutes=int(buffer)),
        before=timedelta(minutes=int(before)),
        kind=Consultation(kind),
        place=place or None,
        posts=posts,
        rooms=rooms,
        interpreters=interpreters,
    )


def _read_facts(document: Mapping[str, Any]) -> Facts:
    """Facts were checked when they were told; here only their shape is read again."""
    place = document.get("municipality")
    return read_facts(document, frozenset(document.get("needs", ())), {place: document["county"]} if place else {})
