"""Where the conversation goes next: a question that can still change something, or the suggestion."""

from __future__ import annotations

from bot.dialogs.again import comes_again
from bot.dialogs.screen import View
from bot.dialogs.screens.questions import ASKABLE
from bot.routing.route import Routed, route
from bot.routing.still_open import still_open
from bot.triage.evaluate import Assessment, assess
from bot.triage.finding import Unknown
from bot.vocabulary.ways import Suggestion


def assessment(view: View) -> Assessment:
    """The suggestion for what is known now."""
    return assess(view.facts, view.know.rules)


def way(view: View) -> Suggestion:
    """The way the person prefers, or else the one that is suggested."""
    return view.session.preferred or assessment(view).suggestion


def routed(view: View) -> Routed:
    """The desk, coordination or service for what is known now."""
    return route(view.facts, way(view), view.know.directory)


def next_screen(view: View) -> str:
    """The next question, or the suggestion when no answer could change anything any more."""
    if view.facts.municipality is None:
        return "place"
    if not view.facts.needs:
        return "need"
    for fact in (*assessment(view).missing, *_open_criteria(view), *_undecided_desk(view)):
        if fact in ASKABLE and fact not in view.session.asked:
            return f"ask.{fact}"
    return "suggestion"


def _open_criteria(view: View) -> tuple[str, ...]:
    """Of somebody who comes again after short consultations, whatever a criterion still does not know."""
    if not comes_again(view):
        return ()
    unknown = [one.finding for one in assessment(view).judged if isinstance(one.finding, Unknown)]
    return tuple(dict.fromkeys(fact for finding in unknown for fact in finding.missing))


def _undecided_desk(view: View) -> tuple[str, ...]:
    """What decides which desk or office is in charge, such as `living_from` (SGB II or AsylbLG)."""
    return still_open(view.facts, way(view), view.know.directory, ASKABLE - view.session.asked)
