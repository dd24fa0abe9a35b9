"""What comes in: what a person does, what the world found, what a colleague did. All go in like a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.booking.appointment import Appointment
from bot.booking.slot import Slot
from bot.booking.waiting import Offer
from bot.dialogs.session import Session
from bot.handoff.acts import News
from bot.handoff.case import CaseState
from bot.handoff.interpreting import Interpreting
from bot.handoff.invitations import InvitationNews
from bot.understanding.recognise import Recognition
from bot.vocabulary.ways import Booking, Suggestion, TargetKind


class Medium(StrEnum):
    PHOTO = "photo"
    VOICE = "voice"
    STICKER = "sticker"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Began:
    """Somebody opened the chat; `client_language` is the tag their client names, if it does."""

    client_language: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Typed text."""

    text: str


@dataclass(frozen=True, slots=True)
class Tapped:
    """A choice; `on` is the screen it was shown on where the channel knows it."""

    choice: str
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is not text; `reference` names it where the channel can keep it for the card.

    `own`: a contact card is the sender's own.
    """

    medium: Medium
    reference: str | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """What the recogniser made of a typed text; `guesses` are the likeliest topics when it is not sure."""

    text: str
    recognition: Recognition
    guesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotsFound:
    """Free slots, earliest first; none where the desk is full in its horizon."""

    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """The slot is kept for this person for some minutes."""

    appointment: Appointment


@dataclass(frozen=True, slots=True)
class SlotTaken:
    """Somebody else was faster; `near` are the next free ones."""

    near: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A case of this person as the dialog needs it: code, where it is, its way and its date.

    `waits` for an earlier date; `earlier` is one that is kept for them. `may_have_another`: the date is over, and it
    was missed or a second one is usual. `interpreted`: an interpreter was wished for; `interpreter` is the answer for
    the date ahead.
    """

    code: str
    target_kind: TargetKind
    target: str
    booking: Booking
    state: CaseState
    suggestion: Suggestion
    appointment: Appointment | None = None
    answer_by: datetime | None = None
    interpreted: bool = False
    interpreter: Interpreting | None = None
    waits: bool = False
    earlier: Offer | None = None
    may_have_another: bool = False


@dataclass(frozen=True, slots=True)
class Submitted:
    """The case is with the desk."""

    matter: Matter


@dataclass(frozen=True, slots=True)
class Moved:
    matter: Matter


@dataclass(frozen=True, slots=True)
class EarlierGone:
    """The earlier date was offered to somebody else by now."""


@dataclass(frozen=True, slots=True)
class CalledOff:
    """The appointment is cancelled; the case is closed with it. `matter` is as it was before."""

    matter: Matter


@dataclass(frozen=True, slots=True)
class Exported:
    """Everything stored about the person lies ready as a file."""

    file: str


@dataclass(frozen=True, slots=True)
class Erased:
    """Nothing about the person is stored any more."""


@dataclass(frozen=True, slots=True)
class MessagePassed:
    """What the person wrote is with the desk, or why it is not: `closed`, or `unread` where too much waits there."""

    case: str
    why_not: str | None = None


@dataclass(frozen=True, slots=True)
class RecordingPassed:
    """A voice message or picture is with the desk, or not, because enough of them are."""

    case: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody came with an invitation; `digest` stands for its token, `client_language` is as when they begin."""

    digest: str
    client_language: str | None = None


@dataclass(frozen=True, slots=True)
class Redeemed:
    """The invitation works, or (none) it does not; nobody learns why not."""

    invitation: int | None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationMade:
    """Links and files of a new invitation, which are seen once; without a link there were too many open ones."""

    link: str | None = None
    telegram: str | None = None
    until: datetime | None = None
    sheet: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class PassageMade:
    """A link by which the person goes on in the web chat, once, with all that was said here."""

    link: str
    until: datetime


@dataclass(frozen=True, slots=True)
class CameOver:
    """Somebody came with a passage; `digest` stands for its token, `client_language` is as when they begin."""

    digest: str
    client_language: str | None = None


@dataclass(frozen=True, slots=True)
class BroughtAlong:
    """What the person has said in the other channel."""

    session: Session


@dataclass(frozen=True, slots=True)
class NotBrought:
    """The passage does not work (any more), or (`busy`) somebody has told something here before."""

    busy: bool


Input = (
    Began
    | Said
    | Tapped
    | Sent
    | Understood
    | SlotsFound
    | Held
    | SlotTaken
    | Submitted
    | Moved
    | EarlierGone
    | CalledOff
    | Exported
    | Erased
    | News
    | MessagePassed
    | RecordingPassed
    | Invited
    | Redeemed
    | InvitationMade
    | InvitationNews
    | PassageMade
    | CameOver
    | BroughtAlong
    | NotBrought
)
