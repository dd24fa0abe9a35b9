"""A case as the conversation with its person needs it."""

from __future__ import annotations

from bot.booking.appointment import Appointment
from bot.dialogs.answers import Matter
from bot.handoff.case import Case
from bot.handoff.interpreting import Interpreting


def matter_of(case: Case, appointment: Appointment | None, interpreter: Interpreting | None = None) -> Matter:
    decided = case.decided.suggestion if case.decided else case.preferred or case.suggestion
    return Matter(
        code=case.code,
        target_kind=case.target_kind,
        target=case.target_id,
        booking=case.booking,
        state=case.state,
        suggestion=decided,
        appointment=appointment,
        answer_by=case.deadline,
        interpreter=interpreter,
    )
