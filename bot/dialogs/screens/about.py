"""Who this is, what it costs (nothing), and the consent in layers. Nothing about the person is stored before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.dialogs.events import ConsentGiven
from bot.dialogs.screen import Choice, Screen, Step, View, always, buttons, to
from bot.dialogs.session import Purpose
from bot.i18n.text import Text, _, data

WELCOME: Final = (
    _("Hello! I am Lotse. I am a computer program, not a person."),
    _(
        "I help you find the right place for your question in {rsk} and {rbk}. "
        "I can also book a first meeting for you.",
        rsk=data("Rhein-Sieg-Kreis"),
        rbk=data("Rheinisch-Bergischer Kreis"),
    ),
    _("It is free and voluntary. If you say no or do not come, nothing bad happens. You do not lose money or rights."),
    _(
        "I do not give legal advice, and I am not an emergency service. "
        "In danger, call {ambulance} (ambulance, fire service) or {police} (police).",
        ambulance=data("112"),
        police=data("110"),
    ),
)
CONSENT: Final = (
    _("Before we start, I need your permission. In German it is called Einwilligung."),
    _("1. Contact and advice: I store your answers so that I can find the right place for you."),
    _("2. Passing on: the desk that we choose together gets your answers. You see them before."),
    _("3. Reminders: I remind you of your appointment here in this chat."),
    _("Each permission is voluntary. You can take it back at any time with {command}.", command=data("/mydata")),
)
FULL: Final = (
    _("What is stored: your language, your town, what you need help with, your answers and your appointment."),
    _("Your name and phone number are stored only if you give them. You do not have to."),
    _(
        "A voice message or picture that you send belongs to your question. "
        "It is passed on and deleted together with it."
    ),
    _(
        "Why: to find the right place for you, to book a first meeting and, if you want, to remind you of it. "
        "It is used for nothing else."
    ),
    _(
        "I also count how often a question comes up and where I send people, so that the counties can become better. "
        "Your name, your words and the day are not part of it."
    ),
    _(
        "Who sees it: only the desk that you choose and the coordination of the county, and only if you agree to "
        "passing on. They have to keep it secret."
    ),
    _(
        "How long: your message is deleted as soon as I have read it. I keep only the words that show what you need. "
        "Your answers are deleted half a year after your last message, or earlier if you want."
    ),
    _(
        "Your rights: with {command} you can see, take along and delete everything at any time. "
        "You can also complain to the data protection authority of North Rhine-Westphalia (LDI NRW).",
        command=data("/mydata"),
    ),
    _("No computer decides about you. I only suggest. A person decides together with you."),
    _("I do not ask why you fled, what illness you have, what you believe or what violence you have seen."),
)
_PURPOSES: Final = (
    (Purpose.CONTACT, CONSENT[1], "consent.pass_on"),
    (Purpose.PASS_ON, CONSENT[2], "consent.reminders"),
    (Purpose.REMINDERS, CONSENT[3], "place"),
)
#: How a consent was given that somebody else tapped.
SPOKEN: Final = "spoken, typed by a helper"
#: What a person reads before agreeing; its hash is stored with the consent.
#: The same permission where it is asked alone, later.
PASSES_ON: Final = _("The desk that we choose together gets your answers. You see them before.")
WORDING: Final = (*CONSENT, *FULL)


def agree(view: View, *purposes: Purpose, then: str) -> Step:
    """Store the consent to these purposes and go on."""
    agreed = view.session.agreed | frozenset(purposes)
    return view.go(then, agreed=agreed).then(ConsentGiven(tuple(purposes)))


def agree_spoken(view: View, *purposes: Purpose, then: str) -> Step:
    """The person has said yes, and somebody beside them types."""
    agreed = view.session.agreed | frozenset(purposes)
    return view.go(then, agreed=agreed, together=True).then(ConsentGiven(tuple(purposes), how=SPOKEN))


def _agree_to_all(view: View) -> Step:
    return agree(view, *Purpose, then="place")


def _one(purpose: Purpose, then: str) -> Callable[[View], Step]:
    return lambda view: agree(view, purpose, then=then)


def _purpose_screen(purpose: Purpose, asks: Text, then: str) -> Screen:
    without = "refused" if purpose is Purpose.CONTACT else then
    return Screen(
        id=f"consent.{purpose}",
        says=always(asks, _("Do you agree?")),
        choices=buttons(
            Choice("yes", _("Yes, I agree"), _one(purpose, then)),
            Choice("no", _("No"), without),
        ),
        parent="consent",
        step=2,
        private=False,
    )


SCREENS: Final = (
    Screen(
        id="welcome",
        says=always(*WELCOME),
        choices=buttons(Choice("go_on", _("Continue"), "consent"), Choice("help", _("I am helping somebody"), "bring")),
        parent="language",
        step=2,
        private=False,
    ),
    Screen(
        id="consent",
        says=always(*CONSENT),
        choices=buttons(
            Choice("agree", _("I agree to all three"), _agree_to_all),
            Choice("one_by_one", _("I want to choose one by one"), "consent.contact"),
            Choice("read", _("Read everything first"), "consent.full"),
            Choice("refuse", _("I do not agree"), "refused"),
        ),
        parent="welcome",
        step=2,
        private=False,
    ),
    Screen(
        id="consent.full",
        says=always(*FULL),
        choices=buttons(Choice("go_on", _("Back to the permission"), to("consent"))),
        parent="consent",
        step=2,
        private=False,
    ),
    *(_purpose_screen(*row) for row in _PURPOSES),
)
