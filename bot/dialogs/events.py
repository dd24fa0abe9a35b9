"""What goes out: questions to the world, which answers by an input, and things to be done."""

from __future__ import annotations

from dataclasses import dataclass

from bot.booking.slot import Slot
from bot.handoff.invitations import Known
from bot.i18n.text import Text


@dataclass(frozen=True, slots=True)
class Say:
    """A paragraph that stands above the next screen."""

    text: Text


@dataclass(frozen=True, slots=True)
class UnderstandingWanted:
    """Answered by `Understood`."""

    text: str


@dataclass(frozen=True, slots=True)
class SlotsWanted:
    """Answered by `SlotsFound`."""

    desk: str


@dataclass(frozen=True, slots=True)
class HoldWanted:
    """Keep this slot while the person confirms: answered by `Held` or `SlotTaken`."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class HoldReleased:
    """The held slot is free again. No answer."""

    appointment: str


@dataclass(frozen=True, slots=True)
class SubmissionWanted:
    """Pass the case on: answered by `Submitted`, or `SlotTaken` where the hold ran out and somebody was faster."""

    calls_back: bool = False


@dataclass(frozen=True, slots=True)
class MoveWanted:
    """Answered by `Moved` or `SlotTaken`."""

    case: str
    slot: Slot


@dataclass(frozen=True, slots=True)
class CallOffWanted:
    """Answered by `CalledOff`."""

    case: str


@dataclass(frozen=True, slots=True)
class EarlierWanted:
    """The person would like an earlier date, or (`wanted` is false) no longer. No answer."""

    case: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class EarlierAnswered:
    """Yes or no to an earlier date: a yes is answered by `Moved` or `EarlierGone`."""

    offer: int
    takes: bool


@dataclass(frozen=True, slots=True)
class LateTold:
    """The person comes later, by so many minutes if they know. No answer."""

    case: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The person agreed to these purposes, in these words (none: the usual ones). No answer.

    `how` says it where they did not tap it themselves.
    """

    purposes: tuple[str, ...]
    how: str = ""
    words: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """No answer."""

    purpose: str


@dataclass(frozen=True, slots=True)
class ExportWanted:
    """Answered by `Exported`."""


@dataclass(frozen=True, slots=True)
class ErasureWanted:
    """Answered by `Erased`."""


@dataclass(frozen=True, slots=True)
class FileOffered:
    """A file to take along: the calendar entry of an appointment, or the export. No answer."""

    file: str
    name: str


@dataclass(frozen=True, slots=True)
class PictureOffered:
    """A picture to be seen in the chat: the QR code of an invitation. No answer."""

    file: str
    name: str


@dataclass(frozen=True, slots=True)
class MessageWanted:
    """The person writes to the desk about a case: answered by `MessagePassed`."""

    case: str
    words: str


@dataclass(frozen=True, slots=True)
class RecordingWanted:
    """The person adds a voice message or a picture to a case: answered by `RecordingPassed`."""

    case: str
    reference: str


@dataclass(frozen=True, slots=True)
class InvitationWanted:
    """An invitation for somebody who speaks this language: answered by `InvitationMade`."""

    language: str


@dataclass(frozen=True, slots=True)
class InvitationRevoked:
    """The maker takes an invitation back. No answer."""

    invitation: int


@dataclass(frozen=True, slots=True)
class RedeemWanted:
    """Somebody comes with an invitation: answered by `Redeemed`."""

    digest: str


@dataclass(frozen=True, slots=True)
class InviterMayKnow:
    """The invited person says what the one who invited them may know. No answer."""

    invitation: int
    known: Known


@dataclass(frozen=True, slots=True)
class PassageWanted:
    """The person goes on in the web chat: answered by `PassageMade`."""


@dataclass(frozen=True, slots=True)
class PassageUsed:
    """Somebody comes with a passage: answered by `BroughtAlong` or `NotBrought`."""

    digest: str


Event = (
    Say
    | UnderstandingWanted
    | SlotsWanted
    | HoldWanted
    | HoldReleased
    | SubmissionWanted
    | MoveWanted
    | CallOffWanted
    | EarlierWanted
    | EarlierAnswered
    | LateTold
    | ConsentGiven
    | ConsentWithdrawn
    | ExportWanted
    | ErasureWanted
    | FileOffered
    | PictureOffered
    | MessageWanted
    | RecordingWanted
    | InvitationWanted
    | InvitationRevoked
    | RedeemWanted
    | InviterMayKnow
    | PassageWanted
    | PassageUsed
)
