"""What a colleague can type: /inbox, /today, /absence, /present, /konsole, /stop, /help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, timedelta
from typing import Final

from bot.booking.hours import BERLIN
from bot.colleagues import away
from bot.colleagues.cards import line_of
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
    "absence": away.begin,
    "present": away.end,
    "konsole": _console,
    "stop": _stop,
}
