"""The engine decides and returns what shall happen; it does nothing itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.dialogs.answers import (
    Began,
    BroughtAlong,
    CalledOff,
    CameOver,
    EarlierGone,
    Erased,
    Exported,
    Held,
    Input,
    InvitationMade,
    Invited,
    Medium,
    MessagePassed,
    Moved,
    NotBrought,
    PassageMade,
    RecordingPassed,
    Redeemed,
    Said,
    Sent,
    SlotsFound,
    SlotTaken,
    Submitted,
    Tapped,
    Understood,
)
from bot.dialogs.commands import COMMANDS, NAV, SHOW_APPOINTMENT, command_of
from bot.dialogs.events import PassageUsed, RedeemWanted, Say, UnderstandingWanted
from bot.dialogs.path import next_screen
from bot.dialogs.screen import Choice, Page, Step, View
from bot.dialogs.screens.bring import made, tell_maker
from bot.dialogs.screens.every import SCREENS
from bot.dialogs.screens.invited import redeemed, still_to_ask
from bot.dialogs.screens.language import language_choice
from bot.dialogs.screens.mine import called_off, earlier_gone, moved, submitted
from bot.dialogs.screens.moved import brought_along, leave, moved_out, must_leave, not_brought
from bot.dialogs.screens.mydata import erased, exported
from bot.dialogs.screens.need import hears_need
from bot.dialogs.screens.news import tell
from bot.dialogs.screens.relay import ANSWER_TO, closed, message_wanted, passed, under_messages
from bot.dialogs.screens.slots import held, slot_taken, slots_found
from bot.dialogs.screens.urgent import URGENT_SCREENS, alarm
from bot.dialogs.sent import contact, passed_on, sent
from bot.dialogs.session import FIRST_SCREEN, Session
from bot.handoff.acts import News
from bot.handoff.invitations import InvitationNews
from bot.i18n.languages import BY_TAG, language_of
from bot.i18n.text import _, data
from bot.understanding.recognise import Recognition

DECIDES_NEXT: Final = "next"
DEFAULT_LANGUAGE: Final = "de"
QUESTIONS_STEP: Final = 5


def respond(view: View, heard: Input) -> Step:
    """What one input leads to. The world answers some of the events, and its answer is the next input."""
    return _settled(view, _answer(view, heard))


def page(view: View) -> Page:
    """The screen as it is shown now. A screen of an older program that is gone shows the need again."""
    session = view.session
    screen = SCREENS.get(session.screen) or SCREENS["need" if session.consented else FIRST_SCREEN]
    choices = screen.choices(view)
    if session.other_language and session.other_language != session.language:
        choices = (*choices, _switch(session.other_language))
    return Page(
        screen=screen.id,
        says=screen.says(view),
        choices=choices,
        nav=NAV,
        step=None if session.moving else screen.step,
        language=session.language or _spoken_by_the_client(session),
        asks=screen.asks,
        records=screen.records and session.consented,
    )


def _spoken_by_the_client(session: Session) -> str:
    """A client may be set to a language that we do not speak, or name one with its country."""
    language = language_of(session.client_language)
    return language.tag if language else DEFAULT_LANGUAGE


def _answer(view: View, heard: Input) -> Step:
    match heard:
        case Began(client_language):
            return view.stay(client_language=client_language)
        case Tapped(choice, on):
            return _tapped(view, choice, on)
        case Said(text):
            return _said(view, text)
        case Understood(text, recognition, guesses):
            return _understood(view, text, recognition, guesses)
        case Sent(Medium.CONTACT, own=own):
            return contact(view, own, page(view).asks)
        case Sent(medium, reference):
            return sent(view, medium, reference, page(view))
        case RecordingPassed():
            return passed_on(view, heard)
        case SlotsFound(slots):
            return slots_found(view, slots)
        case Held(appointment):
            return held(view, appointment)
        case SlotTaken(near):
            return slot_taken(view, near)
        case Submitted(matter):
            return submitted(view, matter)
        case Moved(matter):
            return moved(view, matter)
        case EarlierGone():
            return earlier_gone(view)
        case CalledOff(matter):
            return called_off(view, matter)
        case Exported(file):
            return exported(view, file)
        case Erased():
            return erased(view)
        case News():
            return tell(view, heard)
        case MessagePassed():
            return passed(view, heard)
        case Invited(digest, client_language):
            return view.stay(client_language=client_language).then(RedeemWanted(digest))
        case Redeemed():
            return redeemed(view, heard)
        case InvitationMade():
            return made(view, heard)
        case InvitationNews():
            return tell_maker(view, heard)
        case PassageMade():
            return moved_out(view, heard)
        case CameOver(digest, client_language):
            return view.stay(client_language=client_language).then(PassageUsed(digest))
        case BroughtAlong():
            return brought_along(view, heard)
        case NotBrought():
            return not_brought(view, heard)


def _settled(view: View, step: Step) -> Step:
    """`next` is no screen: it is whatever can still change the suggestion. Who was invited is asked one thing first."""
    session = step.session
    if session.screen == DECIDES_NEXT:
        session = replace(session, screen=next_screen(replace(view, session=session)))
    if session.screen == "place" and still_to_ask(session):
        session = replace(session, screen="invited.tell")
    if must_leave(view, session, SCREENS[session.screen].step if session.screen in SCREENS else None):
        return leave(view, Step(session, step.events))
    return Step(session, step.events)


def _tapped(view: View, choice: str, on: str | None) -> Step:
    shown = page(view)
    offered = {one.id: one for one in (*shown.choices, *shown.nav, SHOW_APPOINTMENT, *under_messages(view))}
    if choice.startswith(ANSWER_TO) and choice not in offered:
        return closed(view)
    if choice not in offered or (on is not None and on != shown.screen and not choice.startswith("nav.")):
        return view.stay(_("This button belongs to an earlier message. This is where we are now:"))
    return _do(replace(view, session=replace(view.session, other_language=None)), offered[choice])


def _do(view: View, choice: Choice) -> Step:
    return view.go(choice.does) if isinstance(choice.does, str) else choice.does(view)


def _said(view: View, text: str) -> Step:
    if not text.strip():
        return view.stay(_("Your message is empty. Please write something, or choose a button."))
    if (command := command_of(text)) is not None:
        return COMMANDS[command](view) if command in COMMANDS else view.stay(_UNKNOWN_COMMAND)
    return Step(view.session, (UnderstandingWanted(text),))


def _understood(view: View, text: str, recognition: Recognition, guesses: tuple[str, ...]) -> Step:
    session = view.session
    other = recognition.language if recognition.language != session.language and session.language else None
    view = replace(view, session=replace(session, other_language=other, guesses=guesses))
    if recognition.urgent is not None and session.screen not in URGENT_SCREENS:
        return alarm(view, recognition).then(*message_wanted(view, text))
    screen = SCREENS[page(view).screen]
    if screen.hears is not None:
        return _with_care(screen.hears(view, text, recognition), recognition)
    if session.consented and recognition.needs and screen.step == QUESTIONS_STEP:
        return hears_need(view, text, recognition)
    return view.stay(_("I cannot use a text here. Please choose one of the buttons."))


def _with_care(step: Step, recognition: Recognition) -> Step:
    """A message that only leans to an emergency is answered as it is, with the way to help above it."""
    return Step(step.session, (Say(_IF_IN_DANGER), *step.events)) if recognition.worry else step


def _switch(tag: str) -> Choice:
    return language_choice(BY_TAG[tag], id=f"speak.{tag}")


_IF_IN_DANGER: Final = _("If somebody is in danger, tap “Emergency” or call {number} now.", number=data("112"))
_UNKNOWN_COMMAND: Final = _("I do not know this command. {help} shows what I can do.", help="/help")
