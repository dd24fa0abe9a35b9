"""The three ways a suggestion can name, where a route can lead, and how it is entered."""

from __future__ import annotations

from enum import StrEnum


class Suggestion(StrEnum):
    """What the bot suggests and a person decides (seed 004 chapter 8)."""

    CASE_MANAGEMENT = "case_management"
    SHORT_CONSULTATION = "short_consultation"
    REFERRAL = "referral"


class TargetKind(StrEnum):
    DESK = "desk"
    COORDINATION = "coordination"
    SERVICE = "service"


class Booking(StrEnum):
    """How the way begins: a date, open hours, clearing by the coordination, or nothing to book."""

    APPOINTMENT = "appointment"
    OPEN_HOURS = "open_hours"
    CLEARING = "clearing"
    NONE = "none"
