"""Ways out of every screen: what the bot can do, a person, an end."""

from __future__ import annotations

from typing import Final

from bot.dialogs.events import SubmissionWanted
from bot.dialogs.path import routed
from bot.dialogs.screen import Choice, Screen, Step, View
from bot.dialogs.screens.about import PASSES_ON, agree
from bot.dialogs.screens.how import release
from bot.dialogs.session import Purpose, forget_answers
from bot.dialogs.targets import contact_lines, reach_lines
from bot.i18n.text import Text, _, data
from bot.vocabulary.ways import TargetKind

_COMMANDS: Final = (
    _("{command}: choose another language", command=data("/language")),
    _("{command}: your appointment, move it or cancel it", command=data("/appointment")),
    _("{command}: talk to a person", command=data("/person")),
    _("{command}: numbers for emergencies", command=data("/emergency")),
    _("{command}: help somebody else", command=data("/bring")),
    _("{command}: see and delete what is stored about you", command=data("/mydata")),
    _("{command}: stop", command=data("/stop")),
)
_HELP: Final = (
    _("I ask you a few questions. Then I suggest who can help you, and I can book a meeting for you."),
    _("You can write in your own words, or tap a button. You can always go back and correct something."),
)


def _says_person(view: View) -> tuple[Text, ...]:
    if view.facts.municipality is None:
        return (
            _("You can also talk to a person. Here is how to reach them:"),
            *contact_lines(view),
            _("If you tell me your town first, I can find the right person for you."),
        )
    target = routed(view).target
    return (
        _("You can also talk to a person. Here is how to reach them:"),
        *reach_lines(view, target),
        *(contact_lines(view) if target.kind is not TargetKind.COORDINATION else ()),
        _("Or I ask them to contact you here in the chat. You do not have to answer any more questions for this."),
    )


def _person_choices(view: View) -> tuple[Choice, ...]:
    if not view.session.consented:
        return (Choice("go_on", _("Continue"), _continue),)
    if view.facts.municipality is None:
        return (Choice("place", _("Tell my town"), "place"), Choice("go_on", _("Continue"), _continue))
    call = Choice("call_me", _("Yes, they should contact me"), _call_me)
    return (call, Choice("go_on", _("No, continue here"), _continue))


def _call_me(view: View) -> Step:
    if Purpose.PASS_ON not in view.session.agreed:
        return view.go("person.permission")
    return view.stay().then(SubmissionWanted(calls_back=True))


def _continue(view: View) -> Step:
    trail = view.session.trail
    return view.go(trail[-1]) if trail else view.restart("next" if view.session.consented else "welcome")


def _agree_and_call(view: View) -> Step:
    return agree(view, Purpose.PASS_ON, then="person").then(SubmissionWanted(calls_back=True))


def _stop(view: View) -> Step:
    """What was told and not passed on is forgotten; a booked appointment stays."""
    stopped = forget_answers(view.session)
    here = View(session=stopped, know=view.know, now=view.now, matters=view.matters)
    return here.restart("stopped").then(*release(view))


SCREENS: Final = (
    Screen(
        id="help",
        says=lambda view: (*_HELP, *_COMMANDS),
        choices=lambda view: (
            Choice("go_on", _("Continue"), _continue),
            Choice("bring", _("I am helping somebody"), "bring"),
        ),
        parent="welcome",
        private=False,
    ),
    Screen(id="person", says=_says_person, choices=_person_choices, parent="welcome", private=False),
    Screen(
        id="person.permission",
        says=lambda view: (
            _("For this I have to give your answers to the desk. I need your permission for it."),
            PASSES_ON,
        ),
        choices=lambda view: (
            Choice("yes", _("Yes, I agree"), _agree_and_call),
            Choice("no", _("No"), "person"),
        ),
        parent="person",
    ),
    Screen(
        id="stop",
        says=lambda view: (
            _("Do you want to stop? Then I forget your answers that are not passed on yet."),
            *((_("Your appointment stays."),) if any(one.appointment for one in view.matters) else ()),
            _("To delete everything, choose {command}.", command=data("/mydata")),
        ),
        choices=lambda view: (
            Choice("yes", _("Yes, stop"), _stop),
            Choice("no", _("No, continue"), _continue),
        ),
        parent="welcome",
        private=False,
    ),
    Screen(
        id="stopped",
        says=lambda view: (_("I have forgotten your answers. You can come back at any time."),),
        choices=lambda view: (
            Choice(
                "again", _("Start again"), lambda view: view.restart("next" if view.session.consented else "welcome")
            ),
        ),
        parent="welcome",
        private=False,
    ),
)
