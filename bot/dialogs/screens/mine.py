"""After booking: the own cases with their dates; move, cancel, take the date along, ask something new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from bot.booking.appointment import Appointment
from bot.booking.hours import BERLIN
from bot.dialogs import interpreters
from bot.dialogs.answers import Matter
from bot.dialogs.events import CallOffWanted, FileOffered, LateTold, SlotsWanted
from bot.dialogs.screen import Choice, Screen, Step, View, always, buttons
from bot.dialogs.screens import earlier
from bot.dialogs.screens.how import BRING
from bot.dialogs.screens.relay import read_choice
from bot.dialogs.screens.slots import when
from bot.dialogs.screens.suggestion import NAMES
from bot.dialogs.session import Purpose, forget_answers
from bot.dialogs.targets import has_dates, matter_place, target_of_matter
from bot.i18n.text import Text, _, data
from bot.vocabulary.facts import Facts
from bot.vocabulary.ways import TargetKind

CALENDAR_FILE: Final = "lotse-termin.ics"


def submitted(view: View, matter: Matter) -> Step:
    """The case is with the desk: what was told is with the case now, and the session is empty again."""
    said = (_("Done. Your question has been passed on."),)
    if matter.appointment:
        said = (_("Done. Your appointment is booked."),)
    lives = Facts(county=view.facts.county, municipality=view.facts.municipality)
    told = replace(forget_answers(view.session), facts=lives)
    here = View(session=told, know=view.know, now=view.now, matters=view.matters)
    step = here.restart("mine", *said, *_what_happens_next(view, matter))
    return step.then(FileOffered(matter.appointment.id, CALENDAR_FILE)) if matter.appointment else step


def moved(view: View, matter: Matter) -> Step:
    """A date that was never moved is a new one: the first of a case without any, a second, one after a missed one."""
    new = matter.appointment is not None and matter.appointment.sequence == 0
    said = _("Done. Your appointment is booked.") if new else _("Done. Your appointment has a new date.")
    step = view.restart("mine", said, moving=None, offered=())
    return step.then(FileOffered(matter.appointment.id, CALENDAR_FILE)) if matter.appointment else step


def earlier_gone(view: View) -> Step:
    return view.restart(
        "mine", _("I am sorry, this earlier date is gone. You keep the date that you have."), moving=None
    )


def called_off(view: View, matter: Matter) -> Step:
    """Whoever has saved the date gets a file that takes it out again; `matter` is as it was before."""
    said = _("Your appointment is cancelled. That is all right, nothing bad happens. You can ask again at any time.")
    if matter.appointment is None:
        return view.restart("mine", said, moving=None)
    step = view.restart("mine", said, _("If you saved it in your calendar: this file takes it out again."), moving=None)
    return step.then(FileOffered(matter.appointment.id, CALENDAR_FILE))


def _what_happens_next(view: View, matter: Matter) -> tuple[Text, ...]:
    lines: tuple[Text, ...] = ()
    if matter.appointment:
        lines = (_("Somebody looks at your question before you meet. I tell you here if anything changes."),)
    elif matter.answer_by:
        day = matter.answer_by.astimezone(BERLIN).date()
        lines = (_("Somebody looks at it by {day}. I tell you here what they say.", day=day),)
    if matter.appointment and Purpose.REMINDERS in view.session.agreed:
        lines = (*lines, _("I remind you the day before and two hours before."))
    lines = (*lines, *interpreters.asked_for(view, matter))
    return (*lines, BRING) if matter.appointment else lines


def _says(view: View) -> tuple[Text, ...]:
    if not view.matters:
        return (_("You have no open question with a desk at the moment."),)
    return tuple(line for matter in view.matters for line in _about(view, matter))


def _about(view: View, matter: Matter) -> tuple[Text, ...]:
    return (
        _date(view, matter.appointment),
        *earlier.says(view, matter),
        *interpreters.says(matter),
        _("🏢 {desk}", desk=target_of_matter(view, matter)),
        *matter_place(view, matter),
        _("💡 {way}", way=NAMES[matter.suggestion]),
        _("🔖 Your code: {code}", code=data(matter.code)),
    )


def _date(view: View, date: Appointment | None) -> Text:
    if date is None:
        return _("📅 There is no date yet.")
    return _("📅 {when}", when=when(date)) if date.ends_at > view.now else _("📅 It was on {when}", when=when(date))


def _choices(view: View) -> tuple[Choice, ...]:
    own = tuple(choice for matter in view.matters for choice in _acts(view, matter))
    return (*own, Choice("new", _("I have a new question"), _new_question), Choice("mydata", _("My data"), "mydata"))


def _acts(view: View, matter: Matter) -> tuple[Choice, ...]:
    """Each act names its case, so that a button of one case never touches another."""
    return (*read_choice(view, matter), *_changes(view, matter))


def _changes(view: View, matter: Matter) -> tuple[Choice, ...]:
    code = matter.code
    if matter.appointment is None:
        withdraw = _labelled(view, _("Withdraw my question"), _("Withdraw my question ({code})", code=data(code)))
        pick = _labelled(view, _("Choose a date"), _("Choose a date ({code})", code=data(code)))
        dates = (Choice(f"date.{code}", pick, _move(matter)),) if _may_choose(view, matter) else ()
        return (*dates, Choice(f"withdraw.{code}", withdraw, _ask_cancel(code)))
    if matter.appointment.ends_at <= view.now:
        another = _labelled(view, _("Choose a new date"), _("Choose a new date ({code})", code=data(code)))
        return (Choice(f"date.{code}", another, _move(matter)),) if matter.may_have_another else ()
    move = _labelled(view, _("Another date"), _("Another date ({code})", code=data(code)))
    cancel = _labelled(view, _("Cancel the appointment"), _("Cancel the appointment ({code})", code=data(code)))
    file = _labelled(view, _("Save in my calendar"), _("Save in my calendar ({code})", code=data(code)))
    return (
        *earlier.answers(matter),
        *_late(view, matter),
        Choice(f"move.{code}", move, _move(matter)),
        Choice(f"cancel.{code}", cancel, _ask_cancel(code)),
        Choice(f"file.{code}", file, _file(matter.appointment.id)),
        *earlier.list_choice(view, matter),
    )


def _late(view: View, matter: Matter) -> tuple[Choice, ...]:
    """On the day of the date."""
    if matter.appointment is None or _day(matter.appointment.starts_at) != _day(view.now):
        return ()
    label = _labelled(view, _("I come later"), _("I come later ({code})", code=data(matter.code)))
    return (Choice(f"late.{matter.code}", label, lambda view: view.go("mine.late", moving=matter.code)),)


def _tell_late(view: View, minutes: int | None) -> Step:
    thanks = _("Thank you for telling me. The desk knows that you come later. Please come anyway.")
    less = () if minutes else (_("Perhaps there is less time to talk then. You can also choose another date."),)
    return view.restart("mine", thanks, *less, moving=None).then(LateTold(view.session.moving or "", minutes))


def _day(moment: datetime) -> date:
    return moment.astimezone(BERLIN).date()


def _may_choose(view: View, matter: Matter) -> bool:
    """After a hand-over, or without a date so far: the desk has dates that can be booked."""
    return matter.target_kind is TargetKind.DESK and has_dates(view, matter.target)


def _labelled(view: View, alone: Text, among_several: Text) -> Text:
    return alone if len(view.matters) == 1 else among_several


def _move(matter: Matter) -> Callable[[View], Step]:
    return lambda view: view.stay(moving=matter.code, wish="next", offered=()).then(SlotsWanted(matter.target))


def _file(appointment: str) -> Callable[[View], Step]:
    return lambda view: view.stay(_("Here is the file for your calendar.")).then(
        FileOffered(appointment, CALENDAR_FILE)
    )


def _ask_cancel(code: str) -> Callable[[View], Step]:
    return lambda view: view.go("mine.cancel", moving=code)


def _new_question(view: View) -> Step:
    return view.go("need" if view.facts.municipality else "place", moving=None)


def _cancel(view: View) -> Step:
    return view.stay().then(CallOffWanted(view.session.moving or ""))


def _keep(view: View) -> Step:
    return view.restart("mine", _("Good, everything stays as it is."), moving=None)


def _in_question(view: View) -> Matter | None:
    return next((matter for matter in view.matters if matter.code == view.session.moving), None)


def _asks_cancel(view: View) -> tuple[Text, ...]:
    matter = _in_question(view)
    if matter and matter.appointment is None:
        return (_("Do you really want to withdraw your question? Nothing bad happens if you do."),)
    return (
        _("Do you really want to cancel? Nothing bad happens if you do."),
        _("If only the date does not suit you, choose another date."),
    )


def _cancel_choices(view: View) -> tuple[Choice, ...]:
    matter = _in_question(view)
    yes = _("Yes, withdraw it") if matter and matter.appointment is None else _("Yes, cancel")
    other_date = (_other_date(matter),) if matter and matter.appointment else ()
    return (Choice("yes", yes, _cancel), Choice("no", _("No, keep it"), _keep), *other_date)


SCREENS: Final = (
    Screen(id="mine", says=_says, choices=_choices, parent="mine"),
    Screen(id="mine.cancel", says=_asks_cancel, choices=_cancel_choices, parent="mine"),
    Screen(
        id="mine.late",
        says=always(_("How much later do you come? I tell the desk.")),
        choices=buttons(
            Choice("late10", _("About 10 minutes"), lambda view: _tell_late(view, 10)),
            Choice("late20", _("About 20 minutes"), lambda view: _tell_late(view, 20)),
            Choice("late30", _("About 30 minutes"), lambda view: _tell_late(view, 30)),
            Choice("later", _("Longer"), lambda view: _tell_late(view, None)),
        ),
        parent="mine",
    ),
)


def _other_date(matter: Matter) -> Choice:
    return Choice("other_date", _("Another date"), _move(matter))
