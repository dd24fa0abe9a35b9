"""An earlier date: whoever would like one is asked when it is free, and says yes or no."""

from __future__ import annotations

from collections.abc import Callable

from bot.booking.hours import BERLIN
from bot.dialogs import interpreters
from bot.dialogs.answers import Matter
from bot.dialogs.events import EarlierAnswered, EarlierWanted
from bot.dialogs.screen import Choice, Step, View
from bot.i18n.text import Near, Text, _, data


def says(view: View, matter: Matter) -> tuple[Text, ...]:
    if matter.earlier is not None:
        kept = _("⏩ An earlier date is kept for you. Would you like it?")
        return (kept, *interpreters.late_for(view, matter, matter.earlier.starts_at))
    return (_("⏩ You are on the list for an earlier date."),) if matter.waits else ()


def answers(matter: Matter) -> tuple[Choice, ...]:
    """Yes and no to the date that is kept."""
    offer = matter.earlier
    if offer is None:
        return ()
    local = offer.starts_at.astimezone(BERLIN)
    yes = _("Yes, take {day}, {time}", day=Near(local.date()), time=local.time())
    return (
        Choice(f"take.{offer.id}", yes, lambda view: view.stay().then(EarlierAnswered(offer.id, takes=True))),
        Choice(f"leave.{offer.id}", _("No, keep my date"), _decline(offer.id)),
    )


def list_choice(view: View, matter: Matter) -> tuple[Choice, ...]:
    """On the list, or off it again. Without a date of a desk there is no earlier one."""
    code = matter.code
    several = len(view.matters) > 1
    if matter.waits:
        label = _("No earlier date any more ({code})", code=data(code)) if several else _("No earlier date any more")
        return (Choice(f"no_earlier.{code}", label, _wait(code, wanted=False)),)
    label = _("An earlier date, please ({code})", code=data(code)) if several else _("An earlier date, please")
    return (Choice(f"earlier.{code}", label, _wait(code, wanted=True)),)


def _decline(offer: int) -> Callable[[View], Step]:
    kept = _("Good, you keep your date. You stay on the list for an earlier one.")
    return lambda view: view.stay(kept).then(EarlierAnswered(offer, takes=False))


def _wait(code: str, *, wanted: bool) -> Callable[[View], Step]:
    on = _("You are on the list. If an earlier date becomes free, I ask you here. Until then your date stays.")
    off = _("You are no longer on the list. Your date stays.")
    return lambda view: view.stay(on if wanted else off).then(EarlierWanted(code, wanted))
