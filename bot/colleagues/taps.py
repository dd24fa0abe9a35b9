"""What a button under a card does, and the words that some acts wait for: the use cases of the console."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from bot.barriers.report import Doubtful
from bot.card_barriers import draft_of_card, look_again, report_from_card
from bot.cases import Asked, NoSuchCase
from bot.colleagues.cards import SUGGESTIONS, german, hint, link
from bot.colleagues.moment import Moment, show, use_of
from bot.colleagues.notes import Act, Note
from bot.handoff.acts import Acted, Outcome, Refused
from bot.handoff.case import Case
from bot.handoff.messages import REPLIES, Draft, Reply, replies_for
from bot.handoff.ports import Stale
from bot.routing.desks import TelegramUse
from bot.vocabulary.ways import Suggestion

MOST_DATES: Final = 8
_MINUTE: Final = "%Y%m%dT%H%M"
_ONLY_US: Final = "Nur Kolleginnen und Kollegen lesen ihn."
#: Acts that need words: what the colleague is asked for them.
ASKS: Final[Mapping[str, str]] = {
    "give": f"Warum ist die andere Stelle zuständig? Bitte schreiben Sie einen Satz. {_ONLY_US}",
    "way": f"Warum entscheiden Sie anders? Bitte schreiben Sie einen Satz. {_ONLY_US}",
    "no": f"Warum lehnen Sie ab? Bitte schreiben Sie einen Satz. {_ONLY_US}",
    "own": "Bitte schreiben Sie Ihre Nachricht auf Deutsch. Im Chat steht dabei, dass ein Mensch sie geschrieben hat.",
    "bar": "Welche Hürde ist es? Bitte schreiben Sie einen Satz ohne Namen: Was fehlt, bei welcher Stelle?",
}
GONE: Final = Note("Diese Karte gibt es nicht, oder sie liegt nicht bei Ihren Stellen. /inbox zeigt Ihre Karten.")
STALE: Final = "Die Karte wurde inzwischen geändert. So steht sie jetzt:"


def tapped(here: Moment, data: str) -> Note:
    here.tx.lines.wait(here.line.person, None)
    verb, _, rest = data.partition(":")
    code, _, rest = rest.partition(":")
    version, _, rest = rest.partition(":")
    try:
        case = here.desk.casework.find(here.tx, code, here.by)
    except NoSuchCase:
        return GONE
    if verb == "card" or verb not in _VERBS or not version.isdecimal():
        return show(here, case)
    if use_of(here, case) is not TelegramUse.FULL:
        return hint(case, here.desk.signs)
    try:
        return _VERBS[verb](here, case, here.asked(code, version), rest, data)
    except Stale:
        return _under(STALE, show(here, case))


def _accept(here: Moment, case: Case, asked: Asked, rest: str, data: str) -> Note:
    return _in_turn(here, here.desk.casework.accept(here.tx, asked), asked, "")


def _dates(here: Moment, case: Case, asked: Asked, rest: str, data: str) -> Note:
    free = here.desk.casework.dates_for(here.tx, case, here.now)[:MOST_DATES]
    if not free:
        return Note("Es gibt keine freien Termine in den Sprechzeiten dieser Stelle.")
    stamp = f"{case.code}:{case.version}"
    acts = (Act(german(slot.starts_at), f"day:{stamp}:{slot.starts_at:{_MINUTE}}") for slot in free)
    return Note(f"Welcher Termin für {case.code}?", (*acts, Act("Zurück", f"card:{case.code}")))


def _day(here: Moment, case: Case, asked: Asked, rest: str, data: str) -> Note:
    try:
        starts_at = datetime.strptime(rest, _MINUTE).replace(tzinfo=UTC)
    except ValueError:
        return show(here, case)
    return _in_turn(here, here.desk.casework.propose_date(here.tx, asked, starts_at), asked, rest)


def _in_turn(here: Moment, outcome: Outcome, asked: Asked, rest: str) -> Note:
    """Whoever would overtake others who wait longer is asked why, and the answer is kept with the case."""
    if isinstance(outcome, Refused) and outcome.overtakes:
        here.tx.lines.wait(here.line.person, f"first:{asked.code}:{asked.version}:{rest}")
        return Note(f"{outcome.why} {_ONLY_US}", (Act("Doch nicht", f"card:{asked.code}"),))
    return _told(here, outcome, _SERVED[bool(rest)])


_SERVED: Final[Mapping[bool, str]] = {
    False: "Angenommen. Die Person erfährt es in ihrer Sprache.",
    True: "Der Termin ist verlegt. Die Person erfährt es in ihrer Sprache.",
}


def _desks(here: Moment, case: Case, asked: Asked, rest: str, data: str) -> Note:
    stamp = f"{case.code}:{case.version}"
    acts = (Act(desk.name, f"give:{stamp}:{desk.id}") for desk in here.desk.casework.desks_for(case))
    return Note(f"An welche Stelle geht {case.code}?", (*acts, Act("Zurück", f"card:{case.code}")))


def _ways(here: Moment, case: Case, asked: Asked, rest: str, data: str) -> Note:
    now_valid = case.way
    stamp = f"{case.code}:{case.version}"
    acts = (Act(SUGGESTIONS[way], f"way:{stamp}:{way}") for way in Suggestion if way is not now_valid)
    return Note(f"Wie entscheiden Sie bei {case.code}?", (*acts, Act("Zurück", f"card:{case.code}")))


def _replies(here: Moment, case: Case, asked: Asked, rest: str, data: str) -> Note:
    stamp = f"{case.code}:{case.version}"
    short = (reply for reply in replies_for(case) if reply is not Reply.BRING)
    acts = (Act(REPLIES[reply].german, f"rep:{stamp}:{reply}") for reply in short)
    return Note(
        f"Was soll die Person zu {case.code} lesen? Kurzantworten werden übersetzt.",
        (*acts, Act("Eigene Worte, auf Deutsch", f"own:{stamp}"), Act("Zurück", f"card:{case.code}")),
    )


def _reply(here: Moment, case: Case, asked: Asked, rest: str, data: str) -> Note:
    if rest not in {*Reply}:
        return show(here, case)
    return _written(here, here.desk.casework.write(here.tx, asked, Draft(reply=Reply(rest)), here.key))


def _words_wanted(here: Moment, case: Case, asked: Asked, rest: str, data: str) -> Note:
    here.tx.lines.wait(here.line.person, data)
    return Note(ASKS[data.partition(":")[0]], (Act("Doch nicht", f"card:{case.code}"),))


_VERBS: Final[Mapping[str, Callable[[Moment, Case, Asked, str, str], Note]]] = {
    "acc": _accept,
    "date": _dates,
    "day": _day,
    "desk": _desks,
    "else": _ways,
    "say": _replies,
    "rep": _reply,
    **dict.fromkeys(ASKS, _words_wanted),
}


def worded(here: Moment, waiting: str, text: str) -> Note:
    """The words that an act was waiting for. What is refused keeps waiting, so that nothing is typed in vain."""
    verb, code, version, rest = (*waiting.split(":", 3), "")[:4]
    try:
        case = here.desk.casework.find(here.tx, code, here.by)
    except NoSuchCase:
        here.tx.lines.wait(here.line.person, None)
        return GONE
    try:
        outcome = _done(here, verb, here.asked(code, version), rest, text)
    except Stale:
        here.tx.lines.wait(here.line.person, None)
        return _under(STALE, show(here, case))
    if isinstance(outcome, Refused) and outcome.overtakes and verb == "give":
        here.tx.lines.wait(here.line.person, None)
        return Note(f"{outcome.why} Das geht in der Konsole: {link(case, here.desk.signs)}")
    if isinstance(outcome, Refused):
        return Note(f"{outcome.why} Bitte schreiben Sie es noch einmal.", (Act("Doch nicht", f"card:{code}"),))
    here.tx.lines.wait(here.line.person, None)
    return (
        outcome
        if isinstance(outcome, Note)
        else _told(here, outcome, _SERVED[bool(rest)] if verb == "first" else _DONE[verb])
    )


_DONE: Final[Mapping[str, str]] = {
    "give": "Weitergegeben. Die Person erfährt es in ihrer Sprache.",
    "way": "Entschieden. Die Person erfährt es in ihrer Sprache.",
    "no": "Abgelehnt. Die Person erfährt es freundlich und ohne Ihre Begründung.",
    "bar": "Danke, die Hürde ist vermerkt.",
}


def _done(here: Moment, verb: str, asked: Asked, rest: str, text: str) -> Outcome | Note:
    casework, tx = here.desk.casework, here.tx
    match verb:
        case "give":
            return casework.hand_to_desk(tx, asked, rest, text)
        case "way":
            return casework.decide_otherwise(tx, asked, Suggestion(rest), text)
        case "no":
            return casework.decline(tx, asked, text)
        case "first":
            return _first(here, replace(asked, first=text), rest)
        case "own":
            return casework.write(tx, asked, Draft(words=text), here.key) or SENT
        case _:
            return _barrier(here, asked, text)


def _barrier(here: Moment, asked: Asked, text: str) -> Outcome:
    """From Telegram nobody can tick that they looked through it: what looks like a person is not taken."""
    case = here.desk.casework.find(here.tx, asked.code, asked.by)
    draft = draft_of_card(case, text, asked.by.id)
    kept = report_from_card(here.tx, here.desk.casework, here.desk.barrier_rules, asked, draft, here.key)
    return Refused(look_again(kept)) if isinstance(kept, Doubtful) else kept


def _first(here: Moment, asked: Asked, rest: str) -> Outcome:
    """What was refused before is done now, with the reason: accepting, or the date that was chosen."""
    if not rest:
        return here.desk.casework.accept(here.tx, asked)
    return here.desk.casework.propose_date(here.tx, asked, datetime.strptime(rest, _MINUTE).replace(tzinfo=UTC))


SENT: Final = Note("Gesendet. Die Antwort der Person steht auf der Karte in der Konsole.")


def _told(here: Moment, outcome: Outcome, done: str) -> Note:
    match outcome:
        case Refused(why):
            return Note(f"Das ging nicht. {why}")
        case Acted(case=case):
            return _under(done, show(here, case))


def _written(here: Moment, refused: Refused | None) -> Note:
    return _told(here, refused, "") if refused else SENT


def _under(words: str, note: Note) -> Note:
    return Note(f"{words}\n\n{note.text}", note.acts)
