"""What a colleague and a resident write to each other about a case, and the replies that need no German.

A quick reply is a sentence of the catalogues: the resident reads it in their own language, the colleague in German.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.handoff.case import OPEN, RESIDENT, Case, ContactKind
from bot.i18n.text import Text, _, data

LONGEST: Final = 1000
#: So many answers of a resident may wait to be read; then the desk has to look first.
MOST_UNREAD: Final = 20


class Reply(StrEnum):
    DATE_IS_FINE = "date_is_fine"
    BRING = "bring"
    WE_CALL = "we_call"
    COME_EARLIER = "come_earlier"
    COME_LATER = "come_later"
    ANSWER_ARRIVED = "answer_arrived"
    NEED_TIME = "need_time"


@dataclass(frozen=True, slots=True)
class Wording:
    """A reply as the colleague chooses it, and as the resident reads it."""

    german: str
    says: Text


REPLIES: Final[Mapping[Reply, Wording]] = {
    Reply.DATE_IS_FINE: Wording("Der Termin passt.", _("The date is fine. See you then.")),
    Reply.BRING: Wording("Bitte bringen Sie mit: …", _("Please bring this to the meeting:")),
    Reply.WE_CALL: Wording("Wir rufen Sie an.", _("We will call you on the phone.")),
    Reply.COME_EARLIER: Wording(
        "Bitte wählen Sie einen früheren Termin.",
        _("If you can, please choose an earlier date under “Show my case”."),
    ),
    Reply.COME_LATER: Wording(
        "Bitte wählen Sie einen späteren Termin.",
        _("If you can, please choose a later date under “Show my case”."),
    ),
    Reply.ANSWER_ARRIVED: Wording(
        "Ihre Antwort ist angekommen, vielen Dank.", _("Thank you, we have received your answer.")
    ),
    Reply.NEED_TIME: Wording(
        "Wir brauchen noch ein paar Tage und melden uns hier.",
        _("We need a few more days. Then we write to you here."),
    ),
}


class Thing(StrEnum):
    """What somebody can be asked to bring."""

    PASSPORT = "passport"
    RESIDENCE_DOCUMENT = "residence_document"
    LETTERS = "letters"
    RENTAL_CONTRACT = "rental_contract"
    PAYSLIPS = "payslips"
    BANK_STATEMENTS = "bank_statements"
    INSURANCE_CARD = "insurance_card"
    SCHOOL_REPORTS = "school_reports"
    BIRTH_CERTIFICATES = "birth_certificates"


THINGS: Final[Mapping[Thing, Wording]] = {
    Thing.PASSPORT: Wording("Pass oder Ausweis", _("your passport or identity card")),
    Thing.RESIDENCE_DOCUMENT: Wording("Aufenthaltspapier", _("your residence document")),
    Thing.LETTERS: Wording("die Briefe, um die es geht", _("the letters it is about")),
    Thing.RENTAL_CONTRACT: Wording("Mietvertrag", _("your rental contract (Mietvertrag)")),
    Thing.PAYSLIPS: Wording("Lohnabrechnungen", _("your payslips (Lohnabrechnung)")),
    Thing.BANK_STATEMENTS: Wording("Kontoauszüge", _("your bank statements (Kontoauszug)")),
    Thing.INSURANCE_CARD: Wording("Gesundheitskarte", _("your health insurance card")),
    Thing.SCHOOL_REPORTS: Wording("Zeugnisse", _("school reports and certificates (Zeugnisse)")),
    Thing.BIRTH_CERTIFICATES: Wording("Geburtsurkunden", _("birth certificates (Geburtsurkunde)")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be said: own words, or a reply (with things to bring where it is `BRING`)."""

    words: str = ""
    reply: Reply | None = None
    things: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message about a case. `author` is a colleague's id or `RESIDENT`; `read_at` is when the desk read it."""

    id: int
    code: str
    at: datetime
    author: str
    draft: Draft
    read_at: datetime | None = None

    @property
    def by_resident(self) -> bool:
        return self.author == RESIDENT


def says(draft: Draft) -> tuple[Text, ...]:
    """The message for the resident: a reply in their language, own words as they were typed, line by line."""
    if draft.reply is None:
        return tuple(data(line.strip()) for line in draft.words.splitlines() if line.strip())
    things = tuple(_("• {thing}", thing=THINGS[thing].says) for thing in draft.things)
    return (REPLIES[draft.reply].says, *things)


def german(draft: Draft) -> str:
    """The message for the card.

    >>> german(Draft(reply=Reply.BRING, things=(Thing.PASSPORT, Thing.PAYSLIPS)))
    'Bitte bringen Sie mit: Pass oder Ausweis, Lohnabrechnungen'
    """
    match draft.reply:
        case None:
            return draft.words
        case Reply.BRING:
            return f"Bitte bringen Sie mit: {', '.join(THINGS[thing].german for thing in draft.things)}"
        case reply:
            return REPLIES[reply].german


def replies_for(case: Case) -> tuple[Reply, ...]:
    """The replies that make sense: nobody is called without a number, nothing is said of a date there is not."""
    out: set[Reply] = set()
    if case.contact is None or case.contact.kind is not ContactKind.PHONE:
        out.add(Reply.WE_CALL)
    if case.appointment is None:
        out |= {Reply.DATE_IS_FINE, Reply.COME_EARLIER, Reply.COME_LATER}
    return tuple(reply for reply in Reply if reply not in out)


def fault_of_case(case: Case) -> str | None:
    """Why nobody can write to this person, as a German sentence, or nothing."""
    if case.state not in OPEN:
        return "Der Fall ist beendet. Es kann nicht mehr geschrieben werden."
    if case.person is None or "pass_on" not in case.consents:
        return "Die Person hat in die Weitergabe nicht eingewilligt. Über den Chat kann ihr niemand schreiben."
    return None


def fault_of_draft(draft: Draft, case: Case) -> str | None:
    """What is wrong with a message, as a German sentence, or nothing."""
    if draft.reply is None and not draft.words.strip():
        return "Bitte schreiben Sie eine Nachricht oder wählen Sie eine Kurzantwort."
    if draft.reply is not None and draft.words.strip():
        return "Bitte senden Sie entweder eigene Worte oder eine Kurzantwort, nicht beides zugleich."
    if len(draft.words) > LONGEST:
        return f"Die Nachricht darf höchstens {LONGEST} Zeichen lang sein."
    if draft.reply is not None and draft.reply not in replies_for(case):
        return "Diese Kurzantwort passt nicht zum Fall. Bitte wählen Sie eine andere."
    if draft.reply is Reply.BRING and not draft.things:
        return "Bitte wählen Sie, was die Person mitbringen soll."
    return None


def write_draft(draft: Draft) -> dict[str, Any]:
    """The draft as JSON values; `read_draft` gives it back."""
    if draft.reply is None:
        return {"words": draft.words}
    return {"reply": str(draft.reply), "things": [str(thing) for thing in draft.things]}


def read_draft(written: Mapping[str, Any]) -> Draft:
    reply = written.get("reply")
    return Draft(
        words=written.get("words", ""),
        reply=Reply(reply) if reply else None,
        things=tuple(Thing(thing) for thing in written.get("things", ())),
    )


def write_relay(message: int) -> dict[str, Any]:
    """The outbox row of a message: only its number, so that it is gone with the case."""
    return {"relay": {"message": message}}


def read_relay(content: Mapping[str, Any]) -> int:
    """The number that `write_relay` wrote."""
    return int(content["relay"]["message"])
