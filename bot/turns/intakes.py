"""An intake is counted once, when somebody sees for the first time where their way leads; nothing says who it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.dialogs.path import routed, way
from bot.dialogs.screen import View
from bot.dialogs.session import Session
from bot.routing.intakes import intake_of
from bot.turns.ports import Intakes

#: Here somebody reads for the first time which desk or service is in charge.
WAY_IS_SHOWN = "how"


def count_intake(view: View, intakes: Intakes, now: datetime) -> Session:
    """The session, which remembers that its intake is counted until it begins anew."""
    session, county = view.session, view.facts.county
    if session.counted or session.screen != WAY_IS_SHOWN or not session.consented or county is None:
        return session
    intakes.note(county, intake_of(view.facts, way(view), routed(view), now))
    return replace(session, counted=True)
