"""Somebody came with an invitation: what the one who invited them learns, which is nothing unless they allow it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.dialogs.answers import Redeemed
from bot.dialogs.events import ConsentGiven, ConsentWithdrawn, InviterMayKnow
from bot.dialogs.screen import Choice, Screen, Step, View, always, buttons
from bot.dialogs.session import Session
from bot.handoff.invitations import Known
from bot.i18n.text import Text, _

#: The consent that the maker of the invitation may know something.
INVITER: Final = "inviter"
_MAY_KNOW: Final = _("May the person who invited you know something about it?")
_WITHOUT_AN_ANSWER: Final = _("If you say no, they learn nothing from me. It makes no difference to the help you get.")
_NEVER: Final = _("They never learn what you tell me, and not where or when your appointment is.")
_ALLOWS: Final = {
    Known.OPENED: _("Only that I opened the invitation"),
    Known.BOOKED: _("That I opened it, and when I have an appointment"),
}


def redeemed(view: View, answer: Redeemed) -> Step:
    """One sentence for every invitation that does not work, so that nobody learns anything from it."""
    if answer.invitation is None:
        return view.stay(_("This invitation does not work. You do not need one: you can start without it."))
    language = view.session.language or answer.language
    return view.restart("invited", invitation=answer.invitation, inviter_knows=None, language=language)


def still_to_ask(session: Session) -> bool:
    """Asked once, as soon as the person has agreed that something may be stored."""
    return session.consented and session.invitation is not None and session.inviter_knows is None


def take_back(view: View) -> tuple[Choice, ...]:
    """On the screen of one's own data."""
    if view.session.invitation is None or view.session.inviter_knows is None:
        return ()
    return (Choice("withdraw.inviter", _("The person who invited me shall learn nothing more"), _withdraw),)


def _withdraw(view: View) -> Step:
    invitation = view.session.invitation
    step = view.stay(_("Done. I have taken it back."), invitation=None, inviter_knows=None)
    if invitation is None:
        return step
    return step.then(InviterMayKnow(invitation, Known.NOTHING), ConsentWithdrawn(INVITER))


def _nothing(view: View) -> Step:
    """Nothing connects the two any more."""
    return view.go("next", invitation=None, inviter_knows=None)


def _allow(known: Known) -> Callable[[View], Step]:
    def allow(view: View) -> Step:
        step = view.go("next", inviter_knows=known)
        if view.session.invitation is None:
            return step
        words = (_MAY_KNOW, _NEVER, _ALLOWS[known])
        return step.then(ConsentGiven((INVITER,), words=words), InviterMayKnow(view.session.invitation, known))

    return allow


def _go_on(view: View) -> Step:
    return view.restart("invited.tell" if still_to_ask(view.session) else "welcome")


def _together(view: View) -> tuple[Choice, ...]:
    return () if view.session.consented else (Choice("together", _("Somebody sits with me and types"), "together"),)


def _choices(view: View) -> tuple[Choice, ...]:
    return (Choice("go_on", _("Continue"), _go_on), *_together(view))


_ASKS: Final[tuple[Text, ...]] = (_MAY_KNOW, _WITHOUT_AN_ANSWER, _NEVER)

SCREENS: Final = (
    Screen(
        id="invited",
        says=always(
            _("Somebody who is helping you has made an invitation for you."),
            _("I did not store your name. Nobody has told me anything about you, and nobody decides for you."),
            _(
                "The person who invited you learns nothing from me. "
                "Later I ask you if they may know that you came. You can say no."
            ),
        ),
        choices=_choices,
        parent="welcome",
        private=False,
    ),
    Screen(
        id="invited.tell",
        says=always(*_ASKS),
        choices=buttons(
            Choice("nothing", _("No, they learn nothing"), _nothing),
            *(Choice(known.value, label, _allow(known)) for known, label in _ALLOWS.items()),
        ),
        parent="welcome",
    ),
)
