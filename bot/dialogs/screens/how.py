"""How the way begins: an appointment, open hours, clearing by the coordination, or the regular service."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.booking.offer import Wish
from bot.dialogs.events import HoldReleased, SlotsWanted, SubmissionWanted
from bot.dialogs.interpreters import speaks
from bot.dialogs.outlook import said
from bot.dialogs.path import routed, way
from bot.dialogs.screen import Choice, Screen, Step, View, always, buttons
from bot.dialogs.screens.about import PASSES_ON, agree
from bot.dialogs.session import Purpose
from bot.dialogs.targets import also_lines, desk_name, has_dates, open_hours, place_lines, target_name
from bot.i18n.text import Text, _
from bot.vocabulary.ways import Booking, Suggestion, TargetKind

CALL_ME: Final = "call_me"  # a wish about dates: none, they contact me
_ENDS_SOMETIME: Final = frozenset({"tolerated_stay_prospects", "residence_permit"})
IN_PERSON: Final = _("The first meeting is always in person. Nothing bad happens if you do not come.")
BRING: Final = _("If you have them, bring: passport or residence document, and the letters it is about.")


def dates_at(view: View) -> str | None:
    """The desk at which an appointment can be booked for this person, or none."""
    found = routed(view)
    if found.target.kind is not TargetKind.DESK or found.booking is Booking.CLEARING:
        return None
    return found.target.id if has_dates(view, found.target.id) else None


def _says(view: View) -> tuple[Text, ...]:
    found = routed(view)
    name = target_name(view, found.target)
    where = place_lines(view, found.target)
    match found.booking:
        case Booking.APPOINTMENT:
            right = _("The right place for you: {desk}.", desk=name)
            return (
                right,
                *_instead(view),
                *_short_too(view),
                *where,
                *said(view.outlook),
                *_look_at_the_date(view),
                IN_PERSON,
            )
        case Booking.OPEN_HOURS:
            opening = open_hours(view, found.target.id)
            return (
                _("The right place for you: {desk}.", desk=name),
                *_instead(view),
                *_short_too(view),
                *where,
                _("You can go there without an appointment in the open hours:"),
                *opening,
                IN_PERSON,
            )
        case Booking.CLEARING:
            return (
                _("Your town has no case manager of its own. {desk} finds out who helps you.", desk=name),
                *where,
                _("I can pass on your question. Then they tell you here in the chat who is responsible."),
                *said(view.outlook),
                *_look_at_the_date(view),
                *also_lines(view, found.also),
            )
        case Booking.NONE:
            return (
                _("The right place for you: {desk}.", desk=name),
                *where,
                _("You can go there or call there yourself. You do not need me for it."),
                *_look_at_the_date(view),
                BRING,
                *also_lines(view, found.also),
            )


def _instead(view: View) -> tuple[Text, ...]:
    """Who is sent to another town hears whose place this is, and until when."""
    absent = routed(view).instead_of
    if absent is None:
        return ()
    return (
        _(
            "The place that usually helps you: {desk}. Nobody is there up to and including {day}. "
            "That is why another place helps you now.",
            desk=desk_name(view, absent.desk),
            day=absent.until,
        ),
    )


def _look_at_the_date(view: View) -> tuple[Text, ...]:
    """A paper that ends soon cannot wait for its turn; a running Chancen-Aufenthalt only leads on before its end."""
    if _ENDS_SOMETIME.isdisjoint(view.facts.needs or ()):
        return ()
    return (_("Please look at the date on your residence paper. If it ends soon, tell them that first."),)


def _short_too(view: View) -> tuple[Text, ...]:
    """The name on the door says Case Management; short consultations take place behind it too."""
    if way(view) is not Suggestion.SHORT_CONSULTATION:
        return ()
    return (_("You also get a short consultation (Kurzberatung) there."),)


def _choices(view: View) -> tuple[Choice, ...]:
    date = (Choice("appointment", _("Book an appointment"), ask_details),) if dates_at(view) else ()
    return (*date, *_ways(routed(view).booking), Choice("other_way", _("I would like another way"), "suggestion.other"))


def _ways(booking: Booking) -> tuple[Choice, ...]:
    """What can be done beside booking a date."""
    match booking:
        case Booking.APPOINTMENT:
            return (Choice("call_me", _("They should contact me"), call_me),)
        case Booking.OPEN_HOURS:
            return (Choice("go_there", _("I go there in the open hours"), "how.go_there"),)
        case Booking.CLEARING:
            return (Choice("pass_on", _("Yes, pass on my question"), ask_details),)
        case Booking.NONE:
            return (
                Choice("enough", _("Thank you, that helps me"), "how.go_there"),
                Choice("meeting", _("I would like a meeting with a person"), "suggestion.other"),
            )


def ask_details(view: View) -> Step:
    """First the permission to pass on, if it is still open; then what is useful for the first meeting."""
    if Purpose.PASS_ON not in view.session.agreed:
        return view.go("how.permission", wish=Wish.NEXT.value)
    return view.go(first_detail(view), wish=Wish.NEXT.value)


def first_detail(view: View) -> str:
    """Who is understood at the desk is not asked about an interpreter."""
    return "reach" if speaks(view, routed(view).target.id) else "interpreter"


def call_me(view: View) -> Step:
    """The same questions, but no dates: the desk suggests one."""
    step = ask_details(view)
    return Step(replace(step.session, wish=CALL_ME), step.events)


def after_details(view: View) -> Step:
    """Dates where the desk has dates and the person wants one; else the summary."""
    desk = None if view.session.wish == CALL_ME else dates_at(view)
    return view.stay().then(SlotsWanted(desk)) if desk else view.go("summary")


def _give_permission(view: View) -> Step:
    return agree(view, Purpose.PASS_ON, then=first_detail(view))


def pass_on(view: View) -> Step:
    """Hand the case over."""
    return view.stay().then(SubmissionWanted())


def release(view: View) -> tuple[HoldReleased, ...]:
    """The event that frees the held slot, if there is one."""
    return (HoldReleased(view.session.hold.appointment),) if view.session.hold else ()


SCREENS: Final = (
    Screen(id="how", says=_says, choices=_choices, parent="suggestion", step=7),
    Screen(
        id="how.permission",
        says=always(_("For this I have to give your answers to the desk. I need your permission for it."), PASSES_ON),
        choices=buttons(
            Choice("yes", _("Yes, I agree"), _give_permission),
            Choice("no", _("No"), "how.go_there"),
        ),
        parent="how",
        step=7,
    ),
    Screen(
        id="how.go_there",
        says=lambda view: (
            _("Then you can go there yourself. Here is the place once more:"),
            target_name(view, routed(view).target),
            *place_lines(view, routed(view).target),
            *open_hours(view, routed(view).target.id),
            BRING,
            _("You can come back here at any time. Your answers are kept for half a year, or until you delete them."),
        ),
        choices=buttons(
            Choice("new", _("I have another question"), "need.more"),
            Choice("how", _("I would like an appointment after all"), "how"),
            Choice("mydata", _("Show or delete my data"), "mydata"),
        ),
        parent="how",
    ),
)
