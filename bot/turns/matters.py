"""A case as the conversation with its person needs it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.booking.appointment import Appointment
from bot.booking.waiting import Offer
from bot.dialogs.answers import Matter
from bot.handoff.case import Case
from bot.handoff.interpreting import Interpreting


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What goes with a date, beside when it is."""

    interpreter: Interpreting | None = None
    waits: bool = False
    earlier: Offer | None = None
    may_have_another: bool = False


def matter_of(case: Case, appointment: Appointment | None, around: Around) -> Matter:
    decided = case.wished_way
    return Matter(
        code=case.code,
        target_kind=case.target_kind,
        target=case.target_id,
        booking=case.booking,
        state=case.state,
        suggestion=decided,
        appointment=appointment,
        answer_by=case.deadline,
        interpreted=bool(case.interpreter),
        interpreter=around.interpreter,
        waits=around.waits,
        earlier=around.earlier,
        may_have_another=around.may_have_another,
    )
