"""A colleague is away: nobody new is booked then, and what is booked already is listed and moved with a tap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from bot.booking.away import Away
from bot.booking.hours import BERLIN
from bot.colleagues.absence import read_absence
from bot.colleagues.cards import german
from bot.colleagues.moment import Moment, use_of
from bot.colleagues.notes import Act, Note
from bot.handoff.acts import Refused
from bot.handoff.ports import Stale
from bot.rebooking import InAbsence, Instead, NewDate, NoSuchAbsence, OtherPost, Rebooking
from bot.routing.desks import TelegramUse
from bot.rulework.absences import end_times

MOVE: Final = "move"
SWAP: Final = "swap"
#: More dates than this are moved in the console.
MOST_LISTED: Final = 8
_MINUTE: Final = "%Y%m%dT%H%M"
_HOW: Final = "So geht es: /absence 24.11. oder /absence 24.11. 9-12:30 oder /absence 24.11.-28.11."
_NO_DESK: Final = (
    "Ihnen ist keine Stelle mit Zeiten zugeordnet. In der Konsole wählen Sie eine: {console}/abwesenheiten"
)
_GONE: Final = Note("Diese Abwesenheit gibt es nicht mehr.")


def begin(here: Moment, rest: str) -> Note:
    """The first step: kept at once, also over booked dates. What was said already is said once."""
    read = read_absence(rest, here.now.astimezone(BERLIN).date())
    if read is None:
        return Note(_HOW)
    if not _own(here):
        return Note(_NO_DESK.format(console=here.desk.signs.console))
    times = (read.starts_at.astimezone(UTC), read.ends_at.astimezone(UTC))
    kept = [*_entered(here, times)]
    for desk in _own(here):
        if desk not in {one.desk for one in kept}:
            begun = _work(here).begin(here.tx, here.by, desk, (), times, here.now)
            if isinstance(begun, Refused):
                return Note(begun.why)
            kept.append(begun)
    said = f"Eingetragen: abwesend von {german(times[0])} bis {german(times[1])}. Niemand kann dann neu buchen."
    return _listed(here, kept, said)


def end(here: Moment, rest: str) -> Note:
    """The times can be booked again; what was moved stays moved."""
    read = read_absence(rest, here.now.astimezone(BERLIN).date())
    if read is None:
        return Note(_HOW.replace("/absence", "/present"))
    found = _entered(here, (read.starts_at.astimezone(UTC), read.ends_at.astimezone(UTC)))
    for one in found:
        end_times(here.tx, one, here.by, here.now)
    if found:
        return Note("Zurückgenommen. Die Zeiten können wieder gebucht werden. Was schon verlegt ist, bleibt verlegt.")
    where = f"{here.desk.signs.console}/abwesenheiten"
    return Note(f"Eine solche Abwesenheit haben Sie nicht eingetragen. In der Konsole stehen alle: {where}")


def tapped(here: Moment, data: str) -> Note:
    """The second step, for one date; whoever has it is told in their language."""
    verb, number, code, rest = (*data.split(":", 3), "", "", "")[:4]
    way = _way(verb, rest)
    try:
        one = _work(here).find(here.tx, here.by, int(number) if number.isdecimal() and len(number) < 16 else 0)
    except NoSuchAbsence:
        return _GONE
    row = next((row for row in _rows(here, one) if row.date.case == code), None)
    if row is None or way is None or not _may(here, row):
        return _listed(here, [one], "Dieser Termin ist hier nicht mehr zu verlegen.")
    try:
        outcome = _work(here).rebook(here.tx, here.by, one, row.date.id, way, here.now)
    except Stale:
        return _listed(here, [one], "Die Karte wurde gerade geändert.")
    if isinstance(outcome, Refused):
        return _listed(here, [one], f"Das ging nicht. {outcome.why}")
    return _listed(here, [one], _DONE[verb].format(code=code))


_DONE: Final = {
    MOVE: "{code} ist verlegt. Die Person erfährt es in ihrer Sprache.",
    SWAP: "{code} bleibt zur selben Zeit, bei einer anderen Fachkraft. Für die Person ändert sich nichts.",
}


def _listed(here: Moment, kept: list[Away], said: str) -> Note:
    """What is still booked in these absences, each with its suggestion as a button."""
    rows = [(one, row) for one in kept for row in _rows(here, one)]
    if not rows:
        return Note(f"{said}\nIn dieser Zeit ist kein Termin gebucht.")
    lines = [f"{german(row.date.starts_at)} {row.date.case}" for _, row in rows[:MOST_LISTED]]
    lines += [f"und {len(rows) - MOST_LISTED} weitere"] if len(rows) > MOST_LISTED else []
    links = [f"{here.desk.signs.console}/abwesenheiten/{number}" for number in dict.fromkeys(one.id for one, _ in rows)]
    text = (
        f"{said}\nGebucht sind noch, und bleiben es, bis Sie verlegen:\n"
        + "\n".join(lines)
        + "\nAndere Zeiten stehen in der Konsole: "
        + " ".join(links)
    )
    return Note(text, tuple(act for one, row in rows[:MOST_LISTED] for act in _act(here, one, row)))


def _act(here: Moment, one: Away, row: InAbsence) -> tuple[Act, ...]:
    """What is suggested for a date; none where the desk's carrier wants no cards in Telegram."""
    if not _may(here, row):
        return ()
    match row.suggested:
        case NewDate(starts_at):
            stamp = f"{MOVE}:{one.id}:{row.date.case}:{starts_at.astimezone(UTC):{_MINUTE}}"
            return (Act(f"{row.date.case} auf {german(starts_at)} verlegen", stamp),)
        case OtherPost(post):
            label = f"{row.date.case}: gleiche Zeit, Fachkraft {_posts(here, one.desk).index(post) + 1}"
            return (Act(label, f"{SWAP}:{one.id}:{row.date.case}:{post}"),)
        case None:
            return ()


def _way(verb: str, rest: str) -> Instead | None:
    if verb == SWAP:
        return OtherPost(rest)
    try:
        return NewDate(datetime.strptime(rest, _MINUTE).replace(tzinfo=UTC))
    except ValueError:
        return None


def _may(here: Moment, row: InAbsence) -> bool:
    return row.case is not None and use_of(here, row.case) is TelegramUse.FULL


def _rows(here: Moment, one: Away) -> tuple[InAbsence, ...]:
    return _work(here).listed(here.tx, here.by, one, here.now)


def _entered(here: Moment, times: tuple[datetime, datetime]) -> list[Away]:
    """What this colleague has entered for just these times."""
    standing = here.tx.away.standing(_own(here), here.now - timedelta(microseconds=1))
    return [one for one in standing if (one.author, one.starts_at, one.ends_at) == (here.by.id, *times)]


def _own(here: Moment) -> list[str]:
    return sorted(desk for desk in here.by.desks if desk in here.desk.casework.calendars)


def _posts(here: Moment, desk: str) -> tuple[str, ...]:
    return here.desk.casework.calendars[desk].lanes


def _work(here: Moment) -> Rebooking:
    return Rebooking(casework=here.desk.casework)
