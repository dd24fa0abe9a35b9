"""What colleagues write to the person, word for word, and the answer that goes back to the card."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.booking.hours import BERLIN
from bot.dialogs.answers import Matter, MessagePassed
from bot.dialogs.events import MessageWanted
from bot.dialogs.screen import Choice, Screen, Step, View
from bot.dialogs.targets import target_of_matter
from bot.handoff.messages import LONGEST, Message, says
from bot.i18n.text import Text, _, data, n_
from bot.understanding.recognise import Recognition

#: So many messages are shown; older ones are on the card.
MOST_SHOWN: Final = 8
#: The choices under a message, which may come on any screen.
ANSWER_TO: Final = "nav.answer."
SHOW_CASE: Final = Choice("nav.case", _("Show my case"), lambda view: view.go("mine"))


_CLOSED: Final = _("This question is closed. You can ask a new one, or talk to a person.")


def answer_choice(code: str) -> Choice:
    """Answers about this case, from wherever the person is."""
    return Choice(f"{ANSWER_TO}{code}", _("Answer"), lambda view: view.go("relay.answer", answering=code))


def under_messages(view: View) -> tuple[Choice, ...]:
    """What can be tapped under the messages that the person has got, on any screen."""
    return (SHOW_CASE, *(answer_choice(matter.code) for matter in view.matters))


def closed(view: View) -> Step:
    """The button of a message about a case that has ended."""
    return view.stay(_CLOSED)


def read_choice(view: View, matter: Matter) -> tuple[Choice, ...]:
    """The way from a case to its messages, if there are any."""
    count = len(_about(view, matter.code))
    if not count:
        return ()
    label = n_("{n} message ({code})", "{n} messages ({code})", count, code=data(matter.code))
    return (Choice(f"messages.{matter.code}", label, lambda view: view.go("relay", answering=matter.code)),)


def passed(view: View, answer: MessagePassed) -> Step:
    if view.session.screen.startswith("urgent."):
        return view.stay(
            *(() if answer.why_not else (_("The desk gets your message too, but does not read it at once."),))
        )
    match answer.why_not:
        case None:
            return view.restart("mine", _("Done. Your answer is with the desk."), answering=None)
        case "unread":
            waits = _("The desk has not read your last messages yet. They are not lost. Please wait a little.")
            return view.restart("mine", waits, answering=None)
        case _:
            return view.restart("mine", _CLOSED, answering=None)


def message_wanted(view: View, text: str) -> tuple[MessageWanted, ...]:
    """The event that passes typed words on, where the person is writing to the desk."""
    code = view.session.answering
    writing = view.session.screen == "relay.answer" and code is not None and len(text) <= LONGEST
    return (MessageWanted(code, text),) if writing and code is not None else ()


def _hears(view: View, text: str, recognition: Recognition) -> Step:
    if len(text) > LONGEST:
        return view.stay(_("This is too long for one message. Please write at most {n} letters.", n=LONGEST))
    return view.stay().then(*message_wanted(view, text))


def _matter(view: View) -> Matter | None:
    return next((matter for matter in view.matters if matter.code == view.session.answering), None)


def _about(view: View, code: str | None) -> tuple[Message, ...]:
    return tuple(message for message in view.messages if message.code == code)


def _says_answer(view: View) -> tuple[Text, ...]:
    matter = _matter(view)
    if matter is None:
        return (_CLOSED,)
    return (
        _("Please write your answer now, in your own language."),
        _("It goes to {desk}. A person reads it there, but not at once.", desk=target_of_matter(view, matter)),
        _("It is stored with your question and is deleted together with it."),
        _("You do not have to write about illnesses, your religion, your flight or violence in detail."),
    )


def _says_messages(view: View) -> tuple[Text, ...]:
    shown = _about(view, view.session.answering)[-MOST_SHOWN:]
    if not shown:
        return (_("There are no messages."),)
    return tuple(line for message in shown for line in _lines(message))


def _lines(message: Message) -> tuple[Text, ...]:
    local = message.at.astimezone(BERLIN)
    who = (
        _("You, {day}, {time}:", day=local.date(), time=local.time())
        if message.by_resident
        else _("The desk, {day}, {time}:", day=local.date(), time=local.time())
    )
    return (who, *says(message.draft))


def _choices(*before: Callable[[View], tuple[Choice, ...]]) -> Callable[[View], tuple[Choice, ...]]:
    return lambda view: (*(choice for some in before for choice in some(view)), _BACK_TO_MINE)


def _answer(view: View) -> tuple[Choice, ...]:
    return (Choice("answer", _("Answer"), "relay.answer"),) if _matter(view) else ()


_BACK_TO_MINE: Final = Choice("mine", _("Back to my case"), lambda view: view.restart("mine", answering=None))

SCREENS: Final = (
    Screen(id="relay", says=_says_messages, choices=_choices(_answer), parent="mine"),
    Screen(id="relay.answer", says=_says_answer, choices=_choices(), hears=_hears, parent="mine", records=True),
)
