"""An interpreter in the meeting, as a resident hears of it: asked for, whether there is time, what else is possible."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.booking.interpreters import first_day, too_soon
from bot.booking.slot import Slot
from bot.dialogs.answers import Matter
from bot.dialogs.screen import View
from bot.handoff.interpreting import Interpreting
from bot.i18n.languages import BY_TAG, GERMAN
from bot.i18n.text import Text, _, data
from bot.routing.desks import Desk

BRING_SOMEBODY: Final = _("You can also bring an adult whom you trust. Please do not bring a child to translate.")
ASK_AGAIN: Final = _("For another date I ask again.")
_SAYS: Final = {
    Interpreting.ASKED: _("🗣️ Interpreter: asked for. There is no answer yet."),
    Interpreting.CONFIRMED: _("🗣️ Interpreter: somebody comes to the meeting."),
    Interpreting.DECLINED: _("🗣️ Interpreter: nobody can come to this date."),
}


def speaks(view: View, desk: str) -> bool:
    """Whether the person is understood at this desk without an interpreter."""
    known = view.know.directory.desks_by_id.get(desk)
    spoken = known.languages if isinstance(known, Desk) else ()
    return view.session.language in (GERMAN.tag, *spoken)


def wishes(view: View) -> bool:
    """The person wishes for an interpreter: for the date being booked, or the one being moved."""
    moving = [matter for matter in view.matters if matter.code == view.session.moving]
    return moving[0].interpreted if moving else bool(view.session.interpreter)


def with_time(view: View, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The slots that leave enough time to ask an interpreter."""
    return tuple(slot for slot in slots if not is_too_soon(view, slot.starts_at))


def is_too_soon(view: View, starts_at: datetime) -> bool:
    county, language = view.facts.county, view.session.language or GERMAN.tag
    return county is not None and too_soon(view.know.pools.get(county, ()), language, starts_at, view.now)


def warning(view: View, starts_at: datetime) -> tuple[Text, ...]:
    """Said before anything is booked: for this date it may be too late to find somebody."""
    late = _late(view, starts_at) if wishes(view) else ()
    return (*late, BRING_SOMEBODY) if late else ()


def late_for(view: View, matter: Matter, starts_at: datetime) -> tuple[Text, ...]:
    """Said with another date for somebody who has asked for an interpreter."""
    return _late(view, starts_at) if matter.interpreted else ()


def _late(view: View, starts_at: datetime) -> tuple[Text, ...]:
    county, language = view.facts.county, view.session.language or GERMAN.tag
    first = first_day(view.know.pools.get(county, ()), language, view.now) if county else None
    if first is None or not is_too_soon(view, starts_at):
        return ()
    return (
        _("For this date it may be too late to find an interpreter. From {day} on there is enough time.", day=first),
    )


def asked_for(view: View, matter: Matter) -> tuple[Text, ...]:
    """Said once when the question has been passed on."""
    if matter.interpreter is None:
        return ()
    language = data(BY_TAG[view.session.language or GERMAN.tag].in_a_sentence)
    return (
        _("I have asked for an interpreter for {language}. I tell you here if somebody can come.", language=language),
    )


def says(matter: Matter) -> tuple[Text, ...]:
    return (_SAYS[matter.interpreter],) if matter.interpreter else ()
