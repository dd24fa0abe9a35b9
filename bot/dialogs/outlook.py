"""How long it takes, as far as that is known: said before somebody decides, and never better than it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.booking.hours import BERLIN
from bot.i18n.text import Text, _, n_


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFree:
    """The first date that this person can have, if they choose now."""

    first: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDateFree:
    """None is free up to `until`, and so many wait longer. When the next one becomes free nobody knows."""

    until: date
    ahead: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllottedWeekly:
    """The coordination shares out what has come in once a week; its answer is due by then."""

    answer_by: datetime


Outlook = DateFree | NoDateFree | AllottedWeekly


def said(outlook: Outlook | None) -> tuple[Text, ...]:
    """What a resident reads of it; where nothing is known, nothing."""
    match outlook:
        case None:
            return ()
        case DateFree(first=first):
            return (_("The next free date is on {day}.", day=_day(first)),)
        case NoDateFree(until=until, ahead=ahead):
            return (
                _("No date is free there before {day}. I do not know yet when the next one becomes free.", day=until),
                *_waiting(ahead),
                _("You can pass on your question anyway. Then I tell you here when a date is free for you."),
            )
        case AllottedWeekly(answer_by=answer_by):
            return (_("New questions are shared out once a week. They want to answer by {day}.", day=_day(answer_by)),)


def _waiting(ahead: int) -> tuple[Text, ...]:
    if not ahead:
        return ()
    return (n_("{n} person has been waiting longer than you.", "{n} people have been waiting longer than you.", ahead),)


def _day(moment: datetime) -> date:
    return moment.astimezone(BERLIN).date()
