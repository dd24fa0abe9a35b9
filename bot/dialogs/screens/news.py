"""What colleagues did, in the resident's language. Their reasons stay on the card."""

from __future__ import annotations

from bot.booking.hours import BERLIN
from bot.dialogs.events import FileOffered
from bot.dialogs.interpreters import ASK_AGAIN, BRING_SOMEBODY
from bot.dialogs.screen import Step, View
from bot.dialogs.screens.mine import CALENDAR_FILE
from bot.dialogs.screens.suggestion import NAMES
from bot.dialogs.targets import desk_name
from bot.handoff.acts import News, NewsKind
from bot.i18n.text import Text, _, data


def tell(view: View, news: News) -> Step:
    """Say what happened above the screen where the person is; a person without a screen sees their cases."""
    at_rest = view.session.screen.split(".")[0] in ("mine", "language")
    said = (*_sentence(view, news), *_date_gone(news))
    step = view.restart("mine", *said, moving=None) if at_rest else view.stay(*said)
    return step.then(*_file(view, news))


def _file(view: View, news: News) -> tuple[FileOffered, ...]:
    """A date that a colleague gave or moved can be put into the calendar, in place of the old one."""
    if news.kind is not NewsKind.DATE_PROPOSED:
        return ()
    dates = [matter.appointment for matter in view.matters if matter.code == news.case]
    return tuple(FileOffered(date.id, CALENDAR_FILE) for date in dates if date is not None)


def _sentence(view: View, news: News) -> tuple[Text, ...]:
    code = data(news.case)
    match news.kind:
        case NewsKind.ACCEPTED:
            return (_("Good news about {code}: the desk has accepted your question.", code=code),)
        case NewsKind.DATE_PROPOSED:
            return _new_date(news, code)
        case NewsKind.DESK_CHANGED:
            desk = desk_name(view, news.desk or "")
            return (_("Another place is now responsible for {code}: {desk}.", code=code, desk=desk),)
        case NewsKind.DECLINED:
            return (
                _("The desk cannot take on {code}. This does not mean that you get no help.", code=code),
                _("Please talk to a person with {command}, or ask me something new.", command=data("/person")),
            )
        case NewsKind.DECIDED_OTHERWISE:
            return _decided(news, code)
        case NewsKind.WITH_COORDINATION:
            return (
                _(
                    "The desk has not answered yet about {code}. Now the coordination of the county takes care of it.",
                    code=code,
                ),
                *_answer_by(news),
            )
        case NewsKind.TAKES_LONGER:
            return (_("I am sorry: it takes longer than I said with {code}.", code=code), *_answer_by(news))
        case NewsKind.DATE_FREE:
            return _date_free(view, news, code)
        case NewsKind.INTERPRETER_COMES:
            return (_("Good news about {code}: an interpreter comes to your appointment.", code=code),)
        case NewsKind.NO_INTERPRETER:
            return _no_interpreter(code)
        case NewsKind.EARLIER_DATE:
            return _earlier(news, code)
        case NewsKind.EARLIER_GONE:
            return (
                _("The earlier date for {code} is no longer kept for you. Nothing bad happens.", code=code),
                _("You keep your date and your place on the waiting list."),
            )
        case NewsKind.NOT_MET:
            return (
                _(
                    "We did not meet at your appointment {code}. Sometimes something comes up, that is all right.",
                    code=code,
                ),
                _(
                    "Nothing bad happens because of it. If you like, choose a new date with {command}.",
                    command=data("/appointment"),
                ),
            )


def _earlier(news: News, code: Text) -> tuple[Text, ...]:
    if news.starts_at is None or news.until is None:
        return ()
    local, until = news.starts_at.astimezone(BERLIN), news.until.astimezone(BERLIN)
    return (
        _("An earlier date has become free for {code}: {day}, {time}.", code=code, day=local.date(), time=local.time()),
        _(
            "It is kept for you until {day}, {time}. Please answer with {command}.",
            day=until.date(),
            time=until.time().replace(second=0, microsecond=0),
            command=data("/appointment"),
        ),
        _("If you do not answer, you keep your date, and somebody else is asked."),
    )


def _no_interpreter(code: Text) -> tuple[Text, ...]:
    return (
        _("I am sorry: no interpreter can come to your appointment {code}. Your date stays as it is.", code=code),
        BRING_SOMEBODY,
        _("If you would rather have another date, choose one with {command}.", command=data("/appointment")),
        ASK_AGAIN,
    )


def _answer_by(news: News) -> tuple[Text, ...]:
    if news.until is None:
        return ()
    return (_("They want to answer by {day}.", day=news.until.astimezone(BERLIN).date()),)


def _date_free(view: View, news: News, code: Text) -> tuple[Text, ...]:
    if news.until is None:
        return ()
    desk, until = desk_name(view, news.desk or ""), news.until.astimezone(BERLIN).date()
    return (
        _("Good news about {code}: there are free dates again at {desk}.", code=code, desk=desk),
        _("You have waited, so one date is kept for you until {day}. Please choose it below.", day=until),
    )


def _decided(news: News, code: Text) -> tuple[Text, ...]:
    if news.suggestion is None:
        return ()
    return (
        _("A person has looked at {code} and has decided: {way}.", code=code, way=NAMES[news.suggestion]),
        _("If you do not understand why, you can ask in the meeting or here with {command}.", command=data("/person")),
    )


def _date_gone(news: News) -> tuple[Text, ...]:
    if not news.appointment_cancelled:
        return ()
    return (_("Your old date is no longer valid. Please do not go there."),)


def _new_date(news: News, code: Text) -> tuple[Text, ...]:
    if news.starts_at is None:
        return ()
    local = news.starts_at.astimezone(BERLIN)
    return (
        _(
            "The desk has given you another date for {code}: {day}, {time}.",
            code=code,
            day=local.date(),
            time=local.time(),
        ),
        _("If it does not suit you, you can move or cancel it with {command}.", command=data("/appointment")),
    )
