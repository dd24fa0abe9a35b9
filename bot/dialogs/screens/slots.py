"""Free dates of a desk: offered, held while the person confirms, and offered again when somebody was faster."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.booking.appointment import Appointment
from bot.booking.hours import BERLIN
from bot.booking.offer import Wish, pick
from bot.booking.slot import Slot
from bot.dialogs.events import HoldReleased, HoldWanted, MoveWanted, SlotsWanted
from bot.dialogs.interpreters import wishes, with_time
from bot.dialogs.screen import Choice, Screen, Step, View
from bot.dialogs.screens.how import CALL_ME, dates_at
from bot.dialogs.session import Hold
from bot.i18n.text import Near, Text, _

SHOWN: Final = 6
LATER: Final = "later"
INTERPRETED: Final = "interpreted"
_WISHES: Final = {
    Wish.NEXT.value: _("The next free dates"),
    Wish.THIS_WEEK.value: _("This week"),
    Wish.MORNINGS.value: _("In the morning"),
    Wish.AFTERNOONS.value: _("In the afternoon"),
    LATER: _("Later dates"),
    INTERPRETED: _("With time to find an interpreter"),
}


def when(moment: Slot | Appointment) -> Text:
    """Day and time as they are on the clock of the desk."""
    local = moment.starts_at.astimezone(BERLIN)
    return _("{day}, {time}", day=local.date(), time=local.time())


def _label(slot: Slot) -> Text:
    """The same on a button, where the year would only break the line."""
    local = slot.starts_at.astimezone(BERLIN)
    return _("{day}, {time}", day=Near(local.date()), time=local.time())


def slots_found(view: View, slots: Sequence[Slot]) -> Step:
    """Show a few dates that fit the wish; without any, the desk calls back."""
    fitting = _fitting(view, slots)
    if fitting:
        return view.go("slots", offered=fitting)
    if slots:
        return view.go(
            "slots",
            _("There is no free date for this wish. These are the next free dates:"),
            offered=pick_next(view, slots),
        )
    return view.go("slots.none", _("No date is free there at the moment."))


def slot_taken(view: View, near: Sequence[Slot]) -> Step:
    """Somebody else was faster: say so, and show what is near."""
    sorry = _("I am sorry, somebody else has just taken this date.")
    if not near:
        return view.go("slots.none", sorry, hold=None)
    return view.go("slots", sorry, offered=tuple(near)[:SHOWN], hold=None)


def held(view: View, appointment: Appointment) -> Step:
    """The date is kept; the person looks at everything once more."""
    bare = Slot(desk=appointment.desk, starts_at=appointment.starts_at, ends_at=appointment.ends_at)
    offered = (slot for slot in view.session.offered if slot.starts_at == appointment.starts_at)
    return view.go("summary", hold=Hold(appointment.id, next(offered, bare)))


def pick_next(view: View, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    return pick(slots, Wish.NEXT, SHOWN, today=view.now.astimezone(BERLIN).date())


def _fitting(view: View, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    today = view.now.astimezone(BERLIN).date()
    if view.session.wish == INTERPRETED:
        return pick_next(view, _one_a_day(with_time(view, tuple(slots))))
    if view.session.wish == LATER and view.session.offered:
        after = view.session.offered[-1].starts_at
        return pick([slot for slot in slots if slot.starts_at > after], Wish.NEXT, SHOWN, today=today)
    wish = Wish(view.session.wish) if view.session.wish in {*Wish} else Wish.NEXT
    spread = Wish.NEXT if wish is Wish.NEXT else wish
    return pick(_one_a_day(slots) if spread is Wish.NEXT else slots, spread, SHOWN, today=today)


def _one_a_day(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The first two dates of each day, so that the offer is not one single morning."""
    seen: dict[object, int] = {}
    chosen = []
    for slot in slots:
        day = slot.starts_at.astimezone(BERLIN).date()
        seen[day] = seen.get(day, 0) + 1
        if seen[day] <= 2:
            chosen.append(slot)
    return tuple(chosen)


def _says(view: View) -> tuple[Text, ...]:
    if _has_a_date_ahead(view):
        return (_("Which new date suits you? Your old date stays until the new one is certain."),)
    return (_("Which date suits you? All times are German time."),)


def _choices(view: View) -> tuple[Choice, ...]:
    dates = tuple(Choice(_id(slot), _label(slot), _take(slot)) for slot in view.session.offered)
    wishes = tuple(Choice(wish, label, _with_wish(wish)) for wish, label in _WISHES.items() if _can_wish(view, wish))
    return (*dates, *wishes, Choice("none_fits", _("No date suits me"), "slots.none"))


def _can_wish(view: View, wish: str) -> bool:
    return wish != view.session.wish and (wish != INTERPRETED or wishes(view))


def _id(slot: Slot) -> str:
    return slot.starts_at.strftime("%Y%m%dT%H%MZ")


def _take(slot: Slot) -> Callable[[View], Step]:
    def take(view: View) -> Step:
        if view.session.moving:
            return view.stay().then(MoveWanted(view.session.moving, slot))
        released = (HoldReleased(view.session.hold.appointment),) if view.session.hold else ()
        return view.stay(hold=None).then(*released, HoldWanted(slot))

    return take


def _with_wish(wish: str) -> Callable[[View], Step]:
    def ask(view: View) -> Step:
        desk = desk_of_dates(view)
        return view.stay(wish=wish).then(SlotsWanted(desk)) if desk else view.go("slots.none")

    return ask


def _has_a_date_ahead(view: View) -> bool:
    """What is chosen takes the place of another date; one that is over, or was missed, takes no place."""
    moving = [matter.appointment for matter in view.matters if matter.code == view.session.moving]
    return any(date is not None and date.ends_at > view.now for date in moving)


def desk_of_dates(view: View) -> str | None:
    """The desk whose dates are shown: that of the case being moved, else the one routed to."""
    moving = [matter for matter in view.matters if matter.code == view.session.moving]
    return moving[0].target if moving else dates_at(view)


def _no_date(view: View) -> tuple[Choice, ...]:
    again = (Choice("again", _("Look again"), _with_wish("next")),) if desk_of_dates(view) else ()
    if view.session.moving:
        return (Choice("keep", _("Keep my old date"), "mine"), *again)
    return (Choice("call_me", _("They should contact me"), _without_date), *again)


def _without_date(view: View) -> Step:
    return view.go("summary", wish=CALL_ME, hold=None)


def _says_none(view: View) -> tuple[Text, ...]:
    if view.session.moving:
        return (_("Your old date stays as it is. You can look again later, or talk to a person."),)
    return (_("I can pass on your question without a date. Then the desk suggests a date to you."),)


SCREENS: Final = (
    Screen(id="slots", says=_says, choices=_choices, parent="how", step=9),
    Screen(id="slots.none", says=_says_none, choices=_no_date, parent="how", step=9),
)
