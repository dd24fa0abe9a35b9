"""Where the desks of a town do not use a channel, the person goes on in the web chat and takes along what was said."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.booking.hours import BERLIN
from bot.dialogs.answers import BroughtAlong, NotBrought, PassageMade
from bot.dialogs.events import ConsentGiven, HoldReleased, PassageWanted, Say
from bot.dialogs.screen import Choice, Screen, Step, View, always, buttons
from bot.dialogs.screens.how import release
from bot.dialogs.screens.place import place_name
from bot.dialogs.session import Session, forget_answers
from bot.i18n.text import Text, _, data

#: From this step on a town is spoken of.
AFTER_THE_TOWN: Final = 4


def must_leave(view: View, session: Session, step: int | None) -> bool:
    """A question is being asked about a town that this channel must not serve. What was booked before stays."""
    return step is not None and step >= AFTER_THE_TOWN and session.facts.municipality in view.closed_towns


def leave(view: View, step: Step) -> Step:
    """Nothing more is asked here."""
    kept = tuple(event for event in step.events if isinstance(event, Say | ConsentGiven | HoldReleased))
    return Step(step.session, (*kept, *release(view), PassageWanted()))


def moved_out(view: View, made: PassageMade) -> Step:
    """The link is said once and stands on no screen; what was told is not kept here any more."""
    known = bool(view.matters) or view.closed_cases > 0
    rest = forget_answers(view.session) if known else Session(language=view.session.language)
    here = View(session=rest, know=view.know, now=view.now, matters=view.matters)
    return here.restart("moved", *_says_where(view, made))


def _says_where(view: View, made: PassageMade) -> tuple[Text, ...]:
    town, local = view.facts.municipality, made.until.astimezone(BERLIN)
    return (
        *((_("The desk for {town} does not use Telegram.", town=place_name(view, town)),) if town else ()),
        _("You can go on in the web chat. You do not need an account, and it can do everything that I can do here."),
        _("🔗 {link}", link=data(made.link)),
        _("The link works once, until {day}, {time}.", day=local.date(), time=local.time().replace(second=0)),
        _("What you have told me goes along. Here I have forgotten it. You can also delete this chat."),
        *((_("Your voice messages and pictures from here do not go along."),) if view.session.kept else ()),
    )


def brought_along(view: View, came: BroughtAlong) -> Step:
    """The first page after it goes on where the person was."""
    here = replace(view, session=replace(came.session, client_language=view.session.client_language))
    return here.restart("next", _("Welcome to the web chat. What you have told me before is here. We go on."))


def not_brought(view: View, came: NotBrought) -> Step:
    if came.busy:
        return view.stay(
            _("In this browser there is another conversation already. Leave it first, or use another browser.")
        )
    return view.stay(_("This link does not work any more. You do not need it: you can start here."))


SCREENS: Final = (
    Screen(
        id="moved",
        says=always(_("Please go on in the web chat. If you cannot find the link any more, start again here.")),
        choices=buttons(
            Choice(
                "again", _("Start again"), lambda view: view.restart("place" if view.session.consented else "welcome")
            )
        ),
        parent="welcome",
        private=False,
    ),
)
