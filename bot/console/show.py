"""Templates and the German words they use; whatever a template puts in is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from bot.booking.reading import Reading
from bot.booking.resources import desk_of
from bot.console import absent, spoken, words
from bot.console.ports import Console, Names
from bot.console.typed import plain, typed
from bot.i18n.languages import BY_TAG
from bot.routing.spoken import numbered
from bot.triage.criteria import CRITERIA

_TABLES: Final[Mapping[str, Mapping[Any, str]]] = {
    "state": words.STATES,
    "hours": words.HOURS,
    "block": words.BLOCKS,
    "suggestion": words.SUGGESTIONS,
    "target_kind": words.TARGETS,
    "booking": words.BOOKINGS,
    "barrier_status": words.BARRIER_STATUS,
    "origin": words.ORIGINS,
    "level": words.LEVELS,
    "outcome": words.OUTCOMES,
    "outcome_sign": words.OUTCOME_SIGNS,
    "contact": words.CONTACTS,
    "consent": words.CONSENTS,
    "county": words.COUNTIES,
    "interpreting": words.INTERPRETING,
    "calendar_fault": words.CALENDAR_FAULTS,
    "role": words.ROLES,
    "action": words.ACTIONS,
    "question": words.QUESTIONS,
    "fact": words.FACTS,
    "language": {tag: language.german_name for tag, language in BY_TAG.items()},
    "criterion": {criterion.id: criterion.german for criterion in CRITERIA},
}


class Pages:
    """Renders a template of `templates/`; a name that a template does not get is an error."""

    def __init__(self, names: Names) -> None:
        self._jinja = Environment(
            loader=PackageLoader("bot.console"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.filters.update({name: _by(table) for name, table in _TABLES.items()})
        self._jinja.filters.update(
            topic=_by(names.topics),
            place=_by(names.municipalities),
            room=_by(names.rooms),
            target=_name_of,
            typed=typed,
            plain=plain,
            numbered=numbered,
            host=lambda address: urlsplit(address).hostname or address,
            day=spoken.day,
            short_day=spoken.short_day,
            clock=spoken.clock,
            end_clock=spoken.end_clock,
            long=spoken.long,
            short=spoken.short,
            number=spoken.number,
            date=lambda day: f"{day:%d.%m.%Y}",
            short_date=lambda moment: spoken.short_day(spoken.local_day(moment)),
            series=spoken.series,
            wall_day=spoken.local_day,
            away_times=absent.away_times,
            away_posts=absent.away_posts,
            way=absent.way,
            colleague=absent.colleague,
            calendar_of=_calendar_of,
            ago=spoken.ago,
            iso=lambda moment: moment.isoformat(),
        )
        self._jinja.globals.update(distance=spoken.distance, fact_value=fact_value)

    def render(self, template: str, **values: Any) -> str:
        return self._jinja.get_template(template).render(**values)


def fact_value(name: str, value: Any) -> str:
    """A fact's value in German.

    >>> fact_value("offices", ("abh", "school"))
    'Ausländerbehörde, Schule'
    """
    if isinstance(value, bool):
        return words.TRUTH[value]
    if isinstance(value, tuple):
        return ", ".join(fact_value(name, one) for one in value) or "keine"
    return words.VALUES.get(name, {}).get(str(value), str(value))


def _by(table: Mapping[Any, str]) -> Any:
    return lambda named: table.get(named, str(named))


@pass_context
def _calendar_of(context: Context, one: Reading, posts: Mapping[str, Sequence[str]]) -> str:
    """Whose calendar it is: the desk's, or that of one of several colleagues there."""
    desk = desk_of(one.post)
    known = posts.get(desk, (desk,))
    whose = f", {absent.colleague(one.post, known)}" if len(known) > 1 else ""
    return f"Kalender {_name_of(context, desk)}{whose}"


@pass_context
def _name_of(context: Context, target: str) -> str:
    """What a card leads to, by the directory of this moment."""
    console: Console = context["visit"].console
    desk = console.directory.desk(target)
    return desk.name if desk else console.names.others.get(target, target)
