"""Which desk fits a case: each reason for and against is a German sentence, and a person decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.handoff.case import Case
from bot.handoff.load import Level
from bot.handoff.ports import Desk
from bot.handoff.queue import BERLIN
from bot.handoff.standing import Standing
from bot.i18n.languages import BY_TAG
from bot.routing.conditions import fulfilled

_LEVELS: Final[Mapping[Level, tuple[int, str]]] = {
    Level.ROOM: (2, "unter dem Richtwert"),
    Level.IN_RANGE: (1, "im Richtwert"),
    Level.UNKNOWN: (0, "Auslastung nicht gemeldet"),
    Level.FULL: (-2, "am oder über dem Richtwert"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A desk that could take the case. `points` orders the list, and every point is in `reasons` or `against`.

    `in_charge`: it is there for the person's town.
    """

    standing: Standing
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    points: int = field(compare=False)
    in_charge: bool = False


def fits(case: Case, standings: Sequence[Standing]) -> tuple[Fit, ...]:
    """The desks of the case's county, best first; those of the person's own town before all others."""
    found = [_fit(case, standing) for standing in standings if standing.desk.county == case.county]
    return tuple(sorted(found, key=lambda fit: (-fit.points, fit.standing.desk.id)))


def _fit(case: Case, here: Standing) -> Fit:
    judged = (_place(case, here.desk), _focus(case, here.desk), _language(case, here.desk), _load(here), _there(here))
    counted = [one for one in judged if one is not None]
    return Fit(
        standing=here,
        reasons=tuple(words for points, words in counted if points > 0),
        against=tuple(words for points, words in counted if points <= 0),
        points=sum(points for points, _ in counted),
        in_charge=case.municipality in here.desk.municipalities,
    )


def _place(case: Case, desk: Desk) -> tuple[int, str]:
    if case.municipality not in desk.municipalities:
        return -20, "für den Wohnort nicht zuständig"
    if desk.region:
        return 10, "Region des KI, zu der der Wohnort gehört"
    return 12, "Stelle am Wohnort"


def _focus(case: Case, desk: Desk) -> tuple[int, str] | None:
    """The first focus of the desk that is known to hold for this person."""
    for focus in desk.fits:
        if all(fulfilled(name, wanted, case.facts, case.suggestion) for name, wanted in focus.when):
            return 3, f"Schwerpunkt: {focus.because}"
    return None


def _language(case: Case, desk: Desk) -> tuple[int, str] | None:
    name = BY_TAG[case.language].german_name if case.language in BY_TAG else case.language
    if case.language in desk.languages:
        return 3, f"spricht {name}"
    if case.language == "de":
        return None
    return (0, f"{name} wird hier nicht gesprochen") if desk.languages else (0, "Sprachen nicht genannt")


def _load(here: Standing) -> tuple[int, str]:
    points, words = _LEVELS[here.load.level]
    if here.load.level is Level.UNKNOWN:
        return points, words
    return points, f"{words} ({here.load.cases} von {here.load.guide.least} bis {here.load.guide.most} Fällen)"


def _there(here: Standing) -> tuple[int, str] | None:
    if here.away_until is not None:
        return -6, f"wieder da ab {here.away_until.astimezone(BERLIN):%d.%m.%Y}"
    return (0, "in der buchbaren Zeit kein freier Termin") if here.first_free is None else None


def other_counselling(case: Case) -> str:
    """The first question of the clearing (seed 004 chapter 11.1), with what the person has said."""
    match case.facts.other_counselling:
        case True:
            return "Ja. Bitte zuerst mit der anderen Beratungsstelle klären, wer begleitet."
        case False:
            return "Nein, nach Angabe der Person nicht."
        case None:
            return "Das ist nicht bekannt."
