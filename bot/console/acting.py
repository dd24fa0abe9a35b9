"""What all acts on a card share: the form shows what will happen, the answer leads back to the card or the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from fastapi.responses import Response

from bot.cases import Asked, NoSuchCase
from bot.console.visit import Visit
from bot.handoff.acts import Acted, Action, Refused, fault_of_reason
from bot.handoff.case import OPEN, Case, CaseState
from bot.handoff.messages import fault_of_case

TOLD: Final = "Die Person erfährt es über den Chat in ihrer Sprache."
DONE: Final = {
    Action.ACCEPTED.value: f"Der Fall ist angenommen. {TOLD}",
    Action.DATE_PROPOSED.value: f"Der neue Termin ist gebucht. {TOLD}",
    Action.DESK_CHANGED.value: f"Der Fall liegt jetzt bei der anderen Stelle. {TOLD}",
    Action.DECLINED.value: f"Der Fall ist abgelehnt. {TOLD}",
    Action.DECIDED_OTHERWISE.value: f"Ihre Entscheidung ist festgehalten. {TOLD}",
    Action.NO_SHOW.value: f"Festgehalten. {TOLD}",
    Action.NO_SHOW_UNDONE.value: "Zurückgenommen: Die Person war da.",
    Action.CLOSED.value: "Der Fall ist abgeschlossen.",
    Action.BARRIER.value: "Danke, die Hürde ist gemeldet. Sie steht ohne Angaben zur Person bei der Koordination.",
    Action.WROTE.value: "Die Nachricht ist unterwegs. Eine Antwort der Person sehen Sie hier auf der Karte.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An act that the card offers: its page, its name, and whether it is the usual next step."""

    page: str
    name: str
    first: bool = False


def offered(case: Case) -> tuple[Offer, ...]:
    """The acts that fit the state of the case, the usual one first."""
    if case.state not in OPEN:
        return ()
    date = "Anderen Termin nennen" if case.appointment else "Termin nennen"
    message = () if fault_of_case(case) else (Offer(page="nachricht", name="Nachricht schreiben"),)
    usual = (
        Offer(page="abschliessen", name="Abschließen", first=True)
        if case.state is CaseState.ACCEPTED
        else Offer(page="annehmen", name="Annehmen", first=True)
    )
    return (
        usual,
        *message,
        Offer(page="termin", name=date),
        Offer(page="stelle", name="An andere Stelle geben"),
        Offer(page="anders", name="Anders entscheiden"),
        Offer(page="ablehnen", name="Ablehnen"),
        Offer(page="huerde", name="Hürde melden"),
    )


def seen(visit: Visit, code: str) -> Case:
    """The case that a form is about."""
    with visit.console.store.transaction() as tx:
        return visit.console.casework.find(tx, code, visit.colleague)


def asked(visit: Visit, code: str) -> Asked:
    """What the colleague wants done, with the version that their form was made from."""
    version = visit.field("version")
    if not version.isdecimal():
        raise NoSuchCase
    return Asked(code=code, version=int(version), by=visit.colleague, now=visit.now, first=visit.field("vorzug"))


def form(visit: Visit, template: str, case: Case, faults: dict[str, str] | None = None, **values: Any) -> Response:
    """The form; `faults` says by field what is wrong with what was sent (`""`: with the act as a whole)."""
    return visit.page(
        template,
        status=422 if faults else 200,
        case=case,
        version=visit.field("version") or case.version,
        faults=faults or {},
        told=TOLD,
        others=_others(visit, case),
        **values,
    )


def _others(visit: Visit, case: Case) -> int:
    """How many wait longer than this case, at the same place."""
    with visit.console.store.transaction() as tx:
        return len(visit.console.casework.overtakes(tx, case))


def faults_of(refused: Refused, field: str = "") -> dict[str, str]:
    """Why an act was refused, at the field that mends it."""
    return {"vorzug" if refused.overtakes else field: refused.why}


def faults_of_reason(visit: Visit) -> dict[str, str]:
    fault = fault_of_reason(visit.field("grund"))
    return {"grund": fault} if fault else {}


def done(visit: Visit, outcome: Acted) -> Response:
    """Back to the card, or to the inbox when the card is no longer this colleague's."""
    with visit.console.store.transaction() as tx:
        try:
            visit.console.casework.find(tx, outcome.case.code, visit.colleague)
        except NoSuchCase:
            return visit.redirect(f"/posteingang?neu={outcome.entry.action}&fall={outcome.case.code}")
    return visit.redirect(f"/karten/{outcome.case.code}?neu={outcome.entry.action}")
