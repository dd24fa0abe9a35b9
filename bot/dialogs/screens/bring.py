"""Somebody helps somebody else: an invitation that names nobody, or both sit together and one of them types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.booking.hours import BERLIN
from bot.dialogs.answers import InvitationMade
from bot.dialogs.events import FileOffered, InvitationRevoked, InvitationWanted, PictureOffered
from bot.dialogs.screen import Choice, Screen, Step, View, always
from bot.dialogs.screens.about import CONSENT, FULL, agree_spoken
from bot.dialogs.session import Purpose
from bot.handoff.invitations import Invitation, InvitationNews, Known
from bot.i18n.languages import BY_TAG, LANGUAGES, Language
from bot.i18n.text import Text, _, data
from bot.understanding.recognise import Recognition

SHEET_FILE: Final = "lotse-einladung.pdf"
PICTURE_FILE: Final = "lotse-einladung.png"
_NOT_KEPT: Final = (
    _("I do not store names, phone numbers or anything else about other people. What you have just sent is forgotten."),
    _("I can make an invitation instead. Then the person decides alone what they tell me."),
)


def not_kept(view: View) -> Step:
    """A contact or a name of somebody else: explained, forgotten, and an invitation is made instead."""
    return view.go("bring.language", *_NOT_KEPT)


def made(view: View, invitation: InvitationMade) -> Step:
    """The links are said once and stand on no screen, so that no session keeps them."""
    if invitation.link is None or invitation.until is None:
        return view.go("bring.mine", _("You have too many open invitations. Please take one back first."))
    local = invitation.until.astimezone(BERLIN)
    telegram = (_("In Telegram: {link}", link=data(invitation.telegram)),) if invitation.telegram else ()
    step = view.go(
        "bring.made",
        _("Here is the invitation. It works for one person and only once, until {day}.", day=local.date()),
        _("🔗 {link}", link=data(invitation.link)),
        *telegram,
        _("Send the link, or show the QR code, or print the sheet."),
    )
    return step.then(FileOffered(invitation.sheet, SHEET_FILE), PictureOffered(invitation.picture, PICTURE_FILE))


def tell_maker(view: View, news: InvitationNews) -> Step:
    """What the invited person allowed to be known, and nothing else."""
    day = news.made_at.astimezone(BERLIN).date()
    match news.known:
        case Known.OPENED:
            return view.stay(
                _("The invitation that you made on {day} was opened. The person wants you to know.", day=day)
            )
        case Known.BOOKED:
            return view.stay(
                _(
                    "The person who came with your invitation of {day} has an appointment now. They want you to know.",
                    day=day,
                )
            )
        case Known.NOTHING:
            return view.stay()


def _hears(view: View, text: str, recognition: Recognition) -> Step:
    return not_kept(view)


def _choices(view: View) -> tuple[Choice, ...]:
    """Whoever has told something of their own here does not mix it with somebody else's."""
    together = () if view.session.consented else (Choice("together", _("We sit together. I type."), "together"),)
    return (Choice("make", _("Make an invitation"), "bring.language"), *together, *_own(view), _MYSELF)


def _own(view: View) -> tuple[Choice, ...]:
    return (Choice("mine", _("My invitations"), "bring.mine"),) if view.invitations else ()


def _languages(view: View) -> tuple[Choice, ...]:
    return tuple(Choice(one.tag, data(one.name), _make(one)) for one in LANGUAGES)


def _make(language: Language) -> Callable[[View], Step]:
    return lambda view: view.stay().then(InvitationWanted(language.tag))


def _list(view: View) -> tuple[Text, ...]:
    if not view.invitations:
        return (_("You have no open invitation."),)
    return (
        _("Your open invitations. You see whether one was opened only if the person wants it."),
        *(line for number, one in enumerate(view.invitations, start=1) for line in _line(number, one)),
    )


def _line(number: int, one: Invitation) -> tuple[Text, ...]:
    made_on, until = (moment.astimezone(BERLIN).date() for moment in (one.made_at, one.expires_at))
    language = data(BY_TAG[one.language].name)
    line = _(
        "{number}. Made on {day}, in {language}. It works until {until}.",
        number=number,
        day=made_on,
        language=language,
        until=until,
    )
    match one.known:
        case Known.NOTHING:
            return (line,)
        case Known.OPENED:
            return (line, _("• It was opened."))
        case Known.BOOKED:
            return (line, _("• It was opened."), _("• There is an appointment."))


def _revocations(view: View) -> tuple[Choice, ...]:
    own = tuple(_revocation(number, one) for number, one in enumerate(view.invitations, start=1))
    return (*own, Choice("make", _("Make an invitation"), "bring.language"), _MYSELF)


def _revocation(number: int, one: Invitation) -> Choice:
    return Choice(f"revoke.{one.id}", _("Take back number {number}", number=number), _revoke(one.id))


def _revoke(invitation: int) -> Callable[[View], Step]:
    done = _("Done. If nobody has come with this invitation yet, nobody can do so any more.")
    return lambda view: view.stay(done).then(InvitationRevoked(invitation))


def _own_way(view: View) -> Step:
    """On with one's own matter."""
    if view.matters:
        return view.restart("mine")
    return view.restart("next" if view.session.consented else "welcome" if view.session.language else "language")


def _all(view: View) -> Step:
    return agree_spoken(view, *Purpose, then="place")


def _only(purpose: Purpose, then: str) -> Callable[[View], Step]:
    return lambda view: agree_spoken(view, purpose, then=then)


def _spoken(purpose: Purpose, asks: Text, then: str) -> Screen:
    without = "refused" if purpose is Purpose.CONTACT else then
    return Screen(
        id=f"together.{purpose}",
        says=always(_READ_ALOUD, asks, _("What does the person say?")),
        choices=lambda view: (
            Choice("yes", _("The person says yes"), _only(purpose, then)),
            Choice("no", _("The person says no"), without),
        ),
        hears=_hears,
        parent="together",
        step=2,
        private=False,
    )


_MYSELF: Final = Choice("myself", _("I need help myself"), _own_way)
_READ_ALOUD: Final = _("Please read this to the person in a language that they understand well:")

SCREENS: Final = (
    Screen(
        id="bring",
        says=always(
            _("It is good that you help somebody."),
            _(
                "I can make an invitation for this person: a link and a QR code. "
                "They open it on their own phone, read everything in their language and decide alone."
            ),
            _("Please do not write their name, their phone number or anything else about them. I would not store it."),
            _(
                "You do not learn what they tell me. "
                "You learn that they came, or have an appointment, only if they want it."
            ),
        ),
        choices=_choices,
        hears=_hears,
        parent="welcome",
        private=False,
    ),
    Screen(
        id="bring.language",
        says=always(_("Which language does the person speak? The sheet to print will be in this language.")),
        choices=_languages,
        hears=_hears,
        parent="bring",
        private=False,
    ),
    Screen(
        id="bring.made",
        says=always(
            _(
                "You see the link and the QR code only now. I do not keep them. "
                "You can make a new invitation at any time."
            ),
            _("If it gets into the wrong hands, take it back."),
        ),
        choices=lambda view: (
            Choice("another", _("Make another invitation"), "bring.language"),
            Choice("mine", _("My invitations"), "bring.mine"),
            _MYSELF,
        ),
        hears=_hears,
        parent="bring",
        private=False,
    ),
    Screen(id="bring.mine", says=_list, choices=_revocations, hears=_hears, parent="bring", private=False),
    Screen(
        id="together",
        says=always(
            _("Good. You type, and the person decides. It is best to use the person's own phone."),
            _("On your own phone you could see later what they have told me. At the end, leave the chat there."),
            _READ_ALOUD,
            *CONSENT,
        ),
        choices=lambda view: (
            Choice("said_yes", _("The person says yes to all three"), _all),
            Choice("one_by_one", _("The person wants to choose one by one"), "together.contact"),
            Choice("read", _("Read everything first"), "together.full"),
            Choice("said_no", _("The person says no"), "refused"),
        ),
        hears=_hears,
        parent="bring",
        step=2,
        private=False,
    ),
    Screen(
        id="together.full",
        says=always(_READ_ALOUD, *FULL),
        choices=lambda view: (Choice("go_on", _("Back to the permission"), "together"),),
        hears=_hears,
        parent="together",
        step=2,
        private=False,
    ),
    _spoken(Purpose.CONTACT, CONSENT[1], "together.pass_on"),
    _spoken(Purpose.PASS_ON, CONSENT[2], "together.reminders"),
    _spoken(Purpose.REMINDERS, CONSENT[3], "place"),
)
