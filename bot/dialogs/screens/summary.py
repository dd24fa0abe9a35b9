"""Everything once more before it is passed on."""

from __future__ import annotations

from typing import Final

from bot.dialogs.events import HoldReleased
from bot.dialogs.interpreters import warning
from bot.dialogs.path import routed, way
from bot.dialogs.screen import Choice, Screen, Step, View
from bot.dialogs.screens.how import pass_on
from bot.dialogs.screens.need import topic_label
from bot.dialogs.screens.place import place_name
from bot.dialogs.screens.slots import when
from bot.dialogs.screens.suggestion import NAMES
from bot.dialogs.targets import place_line, target_name
from bot.i18n.languages import BY_TAG
from bot.i18n.text import Text, _, data


def _says(view: View) -> tuple[Text, ...]:
    return (_("Please check everything once more:"), *_lines(view), _("Shall I pass this on?"))


def _lines(view: View) -> tuple[Text, ...]:
    session = view.session
    return (
        *((_("📍 Town: {town}", town=place_name(view, view.facts.municipality)),) if view.facts.municipality else ()),
        *(topic_label(view, told.topic) for told in session.told),
        _("💡 Suggestion: {way}", way=NAMES[way(view)]),
        _("🏢 Place: {desk}", desk=target_name(view, routed(view).target)),
        _("📅 Date: {when}", when=when(session.hold.slot)) if session.hold else _("📅 Date: the desk suggests one"),
        *(place_line(session.hold.slot.place) if session.hold else ()),
        *((_("🗣️ Interpreter: {language}", language=_language(view)),) if session.interpreter else ()),
        *(warning(view, session.hold.slot.starts_at) if session.hold else ()),
        *(
            (_("📞 Contact: {contact}", contact=data(session.reach.value)),)
            if session.reach and session.reach.value
            else ()
        ),
        *((_("🤝 Somebody comes with you to the meeting (Begleitperson)"),) if session.escort else ()),
        *((_("👤 Name: {name}", name=data(session.name)),) if session.name else ()),
        *((_("🎙️ Your voice message or picture goes along."),) if session.kept else ()),
    )


def _language(view: View) -> Text:
    return data(BY_TAG[view.session.language or "de"].in_a_sentence)


def _choices(view: View) -> tuple[Choice, ...]:
    other_date = (Choice("other_date", _("Another date"), _other_date),) if view.session.hold else ()
    return (
        Choice("confirm", _("✅ Yes, pass it on"), pass_on),
        *other_date,
        _escort(view),
        Choice("correct", _("Correct my answers"), _correct),
    )


def _escort(view: View) -> Choice:
    """Who comes along need not be named."""
    if view.session.escort:
        return Choice("alone", _("I come alone after all"), lambda view: view.stay(escort=False))
    return Choice("escort", _("Somebody comes with me"), lambda view: view.stay(escort=True))


def _other_date(view: View) -> Step:
    return _freed(view, "slots")


def _correct(view: View) -> Step:
    return _freed(view, "need.understood")


def _freed(view: View, screen: str) -> Step:
    """Going on without the held date gives it back to others."""
    released = (HoldReleased(view.session.hold.appointment),) if view.session.hold else ()
    return view.go(screen, hold=None).then(*released)


SCREENS: Final = (Screen(id="summary", says=_says, choices=_choices, parent="how", step=10),)
