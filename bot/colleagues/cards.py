"""A card as it may stand in Telegram: code, town, language, topics, count, date. Everything else is in the console."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.booking.appointment import Appointment
from bot.colleagues.notes import Act, Note
from bot.handoff.case import OPEN, Case, CaseState, Outcome
from bot.handoff.recordings import Kind, read_recording
from bot.i18n.languages import BY_TAG
from bot.i18n.speech import spoken_moment
from bot.vocabulary.ways import Suggestion

SUGGESTIONS: Final = {
    Suggestion.CASE_MANAGEMENT: "Case Management",
    Suggestion.SHORT_CONSULTATION: "Kurzberatung",
    Suggestion.REFERRAL: "Verweis an die zuständige Stelle",
}
#: One of them, and more.
RECORDINGS: Final = {Kind.VOICE: ("Sprachnachricht", "Sprachnachrichten"), Kind.PHOTO: ("Bild", "Bilder")}
STATES: Final = {
    CaseState.RECEIVED: "neu",
    CaseState.ACCEPTED: "angenommen",
    CaseState.DATE_PROPOSED: "anderer Termin genannt",
    CaseState.WITH_COORDINATION: "bei der Koordination",
    CaseState.DECLINED: "abgelehnt",
    CaseState.CLOSED: "abgeschlossen",
    CaseState.CANCELLED: "abgesagt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What ids are called in German, and where the console is."""

    topics: Mapping[str, str]
    places: Mapping[str, str]
    console: str


def card(case: Case, appointment: Appointment | None, signs: Signs) -> Note:
    """The card with its buttons, as far as something can still be done."""
    met = sum(finding.outcome is Outcome.HOLDS for finding in case.findings)
    way = case.way
    lines = (
        f"Karte {case.code} ({STATES[case.state]})",
        f"{signs.places.get(case.municipality, case.municipality)}, {_language(case)}",
        "Themen: " + (", ".join(signs.topics.get(need.topic, need.topic) for need in case.needs) or "noch offen"),
        f"{_who(case)}: {SUGGESTIONS[way]} ({met} von {len(case.findings)} Kriterien)",
        *_before(case),
        *_recorded(case),
        f"Termin: {german(appointment.starts_at)}" if appointment else "Termin: noch keiner",
        f"Antwort bis: {german(case.deadline)}",
        f"Ganze Karte: {link(case, signs)}",
    )
    return Note("\n".join(lines), acts(case))


def _before(case: Case) -> tuple[str, ...]:
    before = case.facts.short_consultations_before
    return (f"Kommt zum {before + 1}. Mal, Kurzberatungen vorher: {before}",) if before else ()


def _recorded(case: Case) -> tuple[str, ...]:
    """That there is something to listen to or to look at, which Telegram does not get."""
    counts = Counter(one.kind for one in map(read_recording, case.note) if one)
    if not counts:
        return ()
    said = " und ".join(f"{count} {RECORDINGS[kind][count > 1]}" for kind, count in sorted(counts.items()))
    return (f"Dazu {said}, nur in der Konsole",)


def _who(case: Case) -> str:
    return "Entschieden" if case.decided else "Vorschlag"


def hint(case: Case, signs: Signs) -> Note:
    """Where a town wants no cards in Telegram: only that there is one."""
    return Note(f"Es gibt eine neue Karte: {case.code}\nBitte in der Konsole ansehen: {link(case, signs)}")


def acts(case: Case) -> tuple[Act, ...]:
    if case.state not in OPEN:
        return ()
    stamp = f"{case.code}:{case.version}"
    accept = () if case.state is CaseState.ACCEPTED else (Act("Annehmen", f"acc:{stamp}"),)
    return (
        *accept,
        Act("Anderer Termin", f"date:{stamp}"),
        Act("Andere Stelle", f"desk:{stamp}"),
        Act("Anders entscheiden", f"else:{stamp}"),
        Act("Ablehnen", f"no:{stamp}"),
        Act("Nachricht schreiben", f"say:{stamp}"),
        Act("Hürde melden", f"bar:{stamp}"),
    )


def line_of(case: Case, signs: Signs) -> Act:
    """The card in a list, as a button that opens it."""
    town = signs.places.get(case.municipality, case.municipality)
    return Act(f"{case.code}, {town}, bis {german(case.deadline)}", f"card:{case.code}")


def link(case: Case, signs: Signs) -> str:
    return f"{signs.console}/karten/{case.code}"


def german(moment: datetime) -> str:
    return spoken_moment(moment, "de")


def _language(case: Case) -> str:
    language = BY_TAG[case.language].german_name if case.language in BY_TAG else case.language
    return f"{language}, Dolmetschen gewünscht" if case.interpreter else language
