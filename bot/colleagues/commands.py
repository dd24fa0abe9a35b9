"""What a colleague can type: /inbox, /today, /absence, /present, /konsole, /stop, /help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, timedelta
from typing import Final

from bot.booking.appointment import InTheWay
from bot.booking.hours import BERLIN
from bot.colleagues.absence import read_absence
from bot.colleagues.cards import german, line_of
from bot.colleagues.moment import Moment
from bot.colleagues.notes import Act, Note
from bot.handoff.case import OPEN

MOST_CARDS: Final = 10
HELP: Final = (
    "/inbox zeigt die offenen Karten\n/today zeigt die Termine von heute\n"
    "/absence 24.11. 9-12 trägt eine Abwesenheit ein, /present 24.11. 9-12 nimmt sie zurück\n"
    "/konsole gibt einen Link zur Anmeldung\n/stop löst die Verbindung zu diesem Konto\n"
    "In Telegram stehen keine Namen, keine Telefonnummern und keine Worte der Person. "
    "Alles Weitere steht in der Konsole."
)


def command(here: Moment, text: str) -> Note:
    here.tx.lines.wait(here.line.person, None)
    name, _, rest = text[1:].partition(" ")
    command = COMMANDS.get(name.split("@")[0].lower())
    return command(here, rest.strip()) if command else Note(f"Diesen Befehl kenne ich nicht.\n{HELP}")


def _inbox(here: Moment, rest: str) -> Note:
    cases = here.desk.casework.inbox(here.tx, here.by, OPEN)
    if not cases:
        return Note("Es gibt keine offenen Karten.")
    more = f" Die ersten {MOST_CARDS} nach Frist:" if len(cases) > MOST_CARDS else ""
    word = "offene Karte" if len(cases) == 1 else "offene Karten"
    return Note(f"{len(cases)} {word}.{more}", tuple(line_of(case, here.desk.signs) for case in cases[:MOST_CARDS]))


def _today(here: Moment, rest: str) -> Note:
    midnight = here.now.astimezone(BERLIN).replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = midnight.astimezone(UTC), (midnight + timedelta(days=1)).astimezone(UTC)
    dates = sorted(here.tx.allocations.booked(here.by.desks, start, end), key=lambda one: one.starts_at)
    if not dates:
        return Note("Heute gibt es keine Termine.")
    lines = (f"{one.starts_at.astimezone(BERLIN):%H:%M} {one.case}" for one in dates)
    return Note("Termine heute:\n" + "\n".join(lines), tuple(Act(one.case, f"card:{one.case}") for one in dates))


def _absence(here: Moment, rest: str) -> Note:
    away = read_absence(rest, here.now.astimezone(BERLIN).date())
    if away is None:
        return Note("So geht es: /absence 24.11. oder /absence 24.11. 9-12:30 oder /absence 24.11.-28.11.")
    starts, ends = away.starts_at.astimezone(UTC), away.ends_at.astimezone(UTC)
    kept = [
        here.tx.allocations.absence(desk, starts, ends, _key(here, desk, rest), here.now, _posts(here, desk))
        for desk in _own(here)
    ]
    in_the_way = [span for one in kept if isinstance(one, InTheWay) for span in one.spans]
    if in_the_way:
        for desk in _own(here):
            here.tx.allocations.present(_key(here, desk, rest))
        dates = "\n".join(german(span.starts_at) for span in in_the_way)
        return Note(f"Das geht noch nicht, in dieser Zeit gibt es Termine. Bitte zuerst verlegen:\n{dates}")
    return Note(f"Eingetragen: abwesend von {german(starts)} bis {german(ends)}. Niemand kann dann buchen.")


def _present(here: Moment, rest: str) -> Note:
    for desk in _own(here):
        here.tx.allocations.present(_key(here, desk, rest))
    return Note("Zurückgenommen, falls es eingetragen war. Die Zeiten können wieder gebucht werden.")


def _own(here: Moment) -> list[str]:
    return sorted(desk for desk in here.by.desks if desk in here.desk.casework.calendars)


def _posts(here: Moment, desk: str) -> tuple[str, ...]:
    return here.desk.casework.calendars[desk].posts


def _key(here: Moment, desk: str, words: str) -> str:
    return f"absence:{here.by.id}:{desk}:{' '.join(words.split())}"


def _console(here: Moment, rest: str) -> Note:
    link = here.tx.staff.new_link(here.by.id, here.now)
    return Note(f"Dieser Link meldet Sie einmal an, für eine halbe Stunde:\n{here.desk.signs.console}/anmelden/{link}")


def _stop(here: Moment, rest: str) -> Note:
    here.tx.lines.unlink(here.line.person)
    return Note("Dieses Konto ist nicht mehr verbunden. Neu verbinden können Sie es in der Konsole.")


def _help(here: Moment, rest: str) -> Note:
    return Note(HELP)


#: What Telegram's menu says of each command, in its order; `start` is what everybody sees first.
MENU: Final[Mapping[str, str]] = {
    "inbox": "Offene Karten zeigen",
    "today": "Termine von heute zeigen",
    "absence": "Abwesenheit eintragen, zum Beispiel 24.11. 9-12",
    "present": "Abwesenheit zurücknehmen",
    "konsole": "Link zur Anmeldung in der Konsole",
    "help": "Was dieser Bot kann",
    "stop": "Dieses Konto vom Bot lösen",
}
COMMANDS: Final[Mapping[str, Callable[[Moment, str], Note]]] = {
    "start": _help,
    "help": _help,
    "inbox": _inbox,
    "today": _today,
    "absence": _absence,
    "present": _present,
    "konsole": _console,
    "stop": _stop,
}
