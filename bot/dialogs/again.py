"""Somebody comes again after short consultations: whether they need more is asked anew."""

from __future__ import annotations

from bot.dialogs.screen import View
from bot.i18n.text import Text, _


def comes_again(view: View) -> bool:
    """So many short consultations before that the open criteria are asked again (the number is in criteria.toml)."""
    return (view.facts.short_consultations_before or 0) >= view.know.rules.repeated_short_consultations


def says_why(view: View) -> tuple[Text, ...]:
    """Before the first of these questions, why there are so many this time."""
    if not comes_again(view) or view.session.asked:
        return ()
    return (
        _(
            "You have had short consultations here before. So I ask you a few more questions this time: maybe longer "
            "help (case management) is better for you."
        ),
    )
