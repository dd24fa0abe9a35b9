"""Distress and danger: the right numbers first, before anything else."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.booking.hours import BERLIN
from bot.dialogs.screen import Choice, Screen, Step, View, buttons
from bot.dialogs.screens.need import with_needs
from bot.dialogs.session import Told
from bot.dialogs.targets import hotline_lines
from bot.i18n.text import Text, _, data
from bot.understanding.lexicon import Urgent
from bot.understanding.recognise import Recognition

_OPENS: Final = {
    Urgent.MEDICAL: _(
        "This sounds like an emergency. If somebody is in danger, call {number} now.", number=data("112")
    ),
    Urgent.VIOLENCE: _(
        "This sounds dangerous. If you are in danger now, call the police: {number}.", number=data("110")
    ),
    Urgent.SELF_HARM: _(
        "I am very sorry that you feel so bad. You are not alone. In acute danger, call {number} now.",
        number=data("112"),
    ),
}
#: The need that distress points to: a person shall look at it afterwards.
_NEEDS: Final = {
    Urgent.MEDICAL: "health_care",
    Urgent.VIOLENCE: "violence_protection",
    Urgent.SELF_HARM: "mental_health_addiction",
}
#: Numbers that fit whoever is beaten by her husband; where that is not said, all are shown.
BY_HUSBAND: Final = "violence_by_husband"
_NOT_ME: Final = _(
    "I am a computer program and cannot call help for you. Please call, or ask somebody near you to call."
)


def alarm(view: View, recognition: Recognition) -> Step:
    """Show the numbers; after consent the needs of the message are kept, so that nobody has to tell them twice."""
    kind = recognition.urgent
    if kind is None:
        return view.stay()
    screen = f"urgent.{BY_HUSBAND if recognition.by_husband else kind.value}"
    if not view.session.consented:
        return view.go(screen)
    found = [Told(need.topic, need.words) for need in recognition.needs]
    if _NEEDS[kind] not in {one.topic for one in found}:
        found.append(Told(_NEEDS[kind], recognition.urgent_words))
    return view.go(screen, **with_needs(view, found))


def _go_on(view: View) -> Step:
    """Back to where the person was, or on with the need that was understood."""
    was = view.session.trail[-1] if view.session.trail else "need"
    telling = was.split(".")[0] in ("need", "ask")
    if view.session.consented and view.facts.needs and telling:
        here = replace(view, session=replace(view.session, trail=view.session.trail[:-1]))
        return here.go("need.understood" if view.facts.municipality else "place")
    return view.go(was if view.session.consented else view.session.trail[-1] if view.session.trail else "welcome")


def _says(kind: Urgent | None) -> tuple[Text, ...]:
    return (_OPENS[kind],) if kind else ()


def _screen(kind: Urgent, lines: str) -> Screen:
    """`lines` names the numbers that fit, in the table of hotlines."""
    return Screen(
        id=f"urgent.{lines}",
        says=lambda view: (*_says(kind), *hotline_lines(view, lines, view.now.astimezone(BERLIN)), _NOT_ME),
        choices=buttons(
            Choice("go_on", _("I am safe now, continue"), _go_on),
            Choice("person", _("I want to talk to a person"), "person"),
        ),
        parent="welcome",
        private=False,
    )


def _emergency(view: View) -> tuple[Text, ...]:
    local = view.now.astimezone(BERLIN)
    return (_("Here are numbers that help at once:"), *hotline_lines(view, None, local), _NOT_ME)


SCREENS: Final = (
    *(_screen(kind, kind.value) for kind in Urgent),
    _screen(Urgent.VIOLENCE, BY_HUSBAND),
    Screen(
        id="emergency",
        says=_emergency,
        choices=buttons(Choice("go_on", _("Continue"), _go_on)),
        parent="welcome",
        private=False,
    ),
)
URGENT_SCREENS: Final = frozenset(screen.id for screen in SCREENS)
