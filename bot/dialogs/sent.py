"""Something that is not text came in: kept for the card, or declined in words that say what can be done instead."""

from __future__ import annotations

from typing import Final

from bot.dialogs.answers import Medium
from bot.dialogs.screen import Asks, Step, View
from bot.dialogs.screens.bring import not_kept
from bot.i18n.text import _

_NOT_ASKED_FOR: Final = _(
    "I have not stored this phone number. I ask for your number only if you want the desk to call you."
)


def sent(view: View, medium: Medium, reference: str | None) -> Step:
    """A voice message, a picture or whatever else; `reference` names it where the channel can keep it."""
    if _brings(view):
        return not_kept(view)
    keeps = view.session.consented and reference is not None and medium in (Medium.VOICE, Medium.PHOTO)
    if keeps and reference is not None:
        thanks = _("Thank you. I cannot listen to it or look at it myself. I keep it for the case manager.")
        also = _("Please also write in a few words what it is about, or choose from the list.")
        return view.stay(thanks, also, kept=(*view.session.kept, reference))
    return view.stay(_("I can only read text. Please write what you want to say, or choose a button."))


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
