"""Something that is not text came in: kept for the card, or declined in words that say what can be done instead."""

from __future__ import annotations

from typing import Final

from bot.dialogs.answers import Medium, RecordingPassed
from bot.dialogs.events import RecordingWanted
from bot.dialogs.screen import Asks, Page, Step, View
from bot.dialogs.screens.bring import not_kept
from bot.handoff.recordings import MOST
from bot.i18n.text import _, data

_NOT_ASKED_FOR: Final = _(
    "I have not stored this phone number. I ask for your number only if you want the desk to call you."
)
_KEPT: Final = _("Thank you. I cannot listen to it or look at it myself. I keep it for the case manager.")
_ABOUT: Final = _("Please choose what it is about, so that I can find the right place. Or write it in a few words.")
_ENOUGH: Final = _("I have kept enough voice messages and pictures. Please write the rest, or tell it in the meeting.")


def sent(view: View, medium: Medium, reference: str | None, shown: Page) -> Step:
    """A voice message, a picture or whatever else; `reference` names it, unless the channel has no room left for it."""
    if _brings(view):
        return not_kept(view)
    if not view.session.consented or medium not in (Medium.VOICE, Medium.PHOTO):
        return view.stay(_("I can only read text. Please write what you want to say, or choose a button."))
    if reference is None:
        return view.stay(_ENOUGH)
    answers = view.session.screen.split(".")[0] == "relay"
    if view.matters and (answers or (shown.step is None and not view.session.told)):
        return _for_a_case(view, reference)
    return _for_the_question(view, reference)


def _for_the_question(view: View, reference: str) -> Step:
    """It goes along when the question is passed on. Where a need was asked for, it is still to be said which."""
    if len(view.session.kept) >= MOST:
        return view.stay(_ENOUGH)
    kept = (*view.session.kept, reference)
    if view.session.screen.split(".")[0] == "need" and not view.session.told:
        return view.go("need.topics", _KEPT, _ABOUT, kept=kept)
    return view.stay(_KEPT, kept=kept)


def _for_a_case(view: View, reference: str) -> Step:
    """Somebody who asks nothing new adds it to what is with the desk: what they are answering, else the newest."""
    answering = view.session.answering if view.session.screen.split(".")[0] == "relay" else None
    about = next((one for one in view.matters if one.code == answering), view.matters[0])
    return view.stay().then(RecordingWanted(about.code, reference))


def passed_on(view: View, answer: RecordingPassed) -> Step:
    """The recording is on the card, or there are enough of them."""
    if not answer.is_kept:
        return view.stay(_ENOUGH)
    return view.stay(
        _(
            "Thank you. I cannot listen to it or look at it myself. The desk gets it, for {code}.",
            code=data(answer.case),
        )
    )


def contact(view: View, own: bool, asked: Asks | None) -> Step:
    """A contact card that is not taken. An own number that was asked for has come in as typed words."""
    if _brings(view) or not (own or view.session.consented):
        return not_kept(view)
    if asked is Asks.PHONE:
        return view.stay(_("This is not your own number. I have not stored it. Please send your own, or write it."))
    return view.stay(_NOT_ASKED_FOR)


def _brings(view: View) -> bool:
    """Whoever makes an invitation sends somebody else's things."""
    return view.session.screen.split(".")[0] == "bring"
