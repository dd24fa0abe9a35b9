"""What the next date of a case is for, and so how long it is."""

from __future__ import annotations

from datetime import datetime

from bot.booking.appointment import Appointment
from bot.booking.slot import Consultation
from bot.handoff.case import Case
from bot.vocabulary.ways import Suggestion


def ahead(booked: Appointment | None, now: datetime) -> Appointment | None:
    """The date that can still be moved; one that is over stays where it was."""
    return booked if booked is not None and booked.ends_at > now else None


def kind_of_date(case: Case, booked: Appointment | None, now: datetime) -> Consultation:
    """A date that is moved keeps its kind; a new one is for what a colleague decided, else for what was suggested."""
    if (moved := ahead(booked, now)) is not None:
        return moved.kind
    valid = case.way
    return Consultation.SHORT if valid is Suggestion.SHORT_CONSULTATION else Consultation.FIRST
