"""The pages of the console, one file each: a GET, a POST, a redirect."""

from __future__ import annotations

from typing import Final

from bot.console.pages import (
    absence,
    absences,
    accept,
    allot,
    barrier_export,
    barrier_report,
    barriers,
    card,
    close,
    dates,
    decide,
    decline,
    desk,
    desk_away,
    desk_calendar,
    desk_edit,
    desks,
    inbox,
    interpreters,
    load,
    message,
    new_date,
    no_show,
    publish,
    quarantine,
    recording,
    rule,
    rules,
    rules_file,
    rules_history,
    simulation,
    start,
    subscribe,
    telegram,
    week,
)

_IN_ORDER: Final = (
    start, inbox, card, accept, new_date, desk, decline, decide, message, close, dates, week, absences, absence,
    subscribe, load, allot,
    no_show, interpreters, desks, telegram, quarantine, recording,
    barrier_report, barrier_export, barriers,
    rules, rule, simulation, publish, rules_history,
    desk_edit, desk_away, desk_calendar,
    rules_file,
)  # fmt: skip
PAGES: Final = tuple(page.router for page in _IN_ORDER)
