"""What is stored about the person: to look at, to take along, to take back, to delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.dialogs.events import ConsentWithdrawn, ErasureWanted, ExportWanted, FileOffered
from bot.dialogs.screen import Choice, Screen, Step, View
from bot.dialogs.screens.about import agree
from bot.dialogs.screens.invited import take_back
from bot.dialogs.screens.need import topic_label
from bot.dialogs.screens.place import place_name
from bot.dialogs.session import Purpose
from bot.i18n.languages import BY_TAG
from bot.i18n.text import Text, _, data, n_

EXPORT_FILE: Final = "lotse-daten.json"
_PURPOSES: Final = {
    Purpose.CONTACT: _("✅ You agreed to contact and advice."),
    Purpose.PASS_ON: _("✅ You agreed to passing on your answers to the desk."),
    Purpose.REMINDERS: _("✅ You agreed to reminders."),
}


def exported(view: View, file: str) -> Step:
    return view.stay(_("Here is everything that is stored about you, as a file.")).then(FileOffered(file, EXPORT_FILE))


def erased(view: View) -> Step:
    """A new beginning that remembers only the language."""
    return Step(type(view.session)(language=view.session.language, screen="erased"))


def _says(view: View) -> tuple[Text, ...]:
    if not view.session.consented:
        return (_("I have stored only your language, nothing else."),)
    return (
        _("This is stored about you:"),
        _("Language: {language}", language=data(BY_TAG[view.session.language or "de"].in_a_sentence)),
        *(_PURPOSES[purpose] for purpose in Purpose if purpose in view.session.agreed),
        *((_("Town: {town}", town=place_name(view, view.facts.municipality)),) if view.facts.municipality else ()),
        *(topic_label(view, topic) for topic in view.facts.needs or ()),
        *_counts(view),
        _("The file shows everything word for word."),
    )


def _counts(view: View) -> tuple[Text, ...]:
    answers, matters = len(view.session.asked), len(view.matters)
    answered = n_("{n} answer to my questions", "{n} answers to my questions", answers)
    passed_on = n_("{n} question passed on to a desk", "{n} questions passed on to a desk", matters)
    closed = n_("{n} question that is closed", "{n} questions that are closed", view.closed_cases)
    counted = ((answers, answered), (matters, passed_on), (view.closed_cases, closed))
    return tuple(_("• {reason}", reason=line) for n, line in counted if n)


def _choices(view: View) -> tuple[Choice, ...]:
    if not view.session.consented:
        return (Choice("go_on", _("Continue"), "welcome"),)
    return (
        Choice("export", _("Get everything as a file"), lambda view: view.stay().then(ExportWanted())),
        Choice("erase", _("Delete everything"), "mydata.erase"),
        *_passing_on(view),
        *_permission(view, Purpose.REMINDERS, _("Take back: reminders"), _("Agree to reminders")),
        *take_back(view),
        Choice("close", _("Close"), _close),
    )


def _permission(view: View, purpose: Purpose, take_back: Text, give: Text) -> tuple[Choice, ...]:
    if purpose in view.session.agreed:
        return (Choice(f"withdraw.{purpose}", take_back, _withdraw(purpose)),)
    return (Choice(f"give.{purpose}", give, lambda view: agree(view, purpose, then="mydata")),)


def _passing_on(view: View) -> tuple[Choice, ...]:
    """Taking it back takes the open questions back too, so it is asked once more."""
    if Purpose.PASS_ON in view.session.agreed and view.matters:
        return (Choice(f"withdraw.{Purpose.PASS_ON}", _("Take back: passing on"), "mydata.withdraw"),)
    return _permission(view, Purpose.PASS_ON, _("Take back: passing on"), _("Agree to passing on"))


def _withdraw_all(view: View) -> Step:
    step = view.go(
        "mydata", _("Done. This permission no longer counts."), agreed=view.session.agreed - {Purpose.PASS_ON}
    )
    return step.then(ConsentWithdrawn(Purpose.PASS_ON))


def _withdraw(purpose: Purpose) -> Callable[[View], Step]:
    def withdraw(view: View) -> Step:
        step = view.stay(_("Done. This permission no longer counts."), agreed=view.session.agreed - {purpose})
        return step.then(ConsentWithdrawn(purpose))

    return withdraw


def _close(view: View) -> Step:
    return view.restart("mine") if view.matters else view.restart("next")


def _erase(view: View) -> Step:
    return view.stay().then(ErasureWanted())


SCREENS: Final = (
    Screen(id="mydata", says=_says, choices=_choices, parent="welcome", private=False),
    Screen(
        id="mydata.erase",
        says=lambda view: (
            _("Do you really want to delete everything? I cannot bring it back."),
            *((_("Your appointment will be cancelled too."),) if any(one.appointment for one in view.matters) else ()),
            _("What a desk has already written in its own files stays there. You can ask the desk about it."),
        ),
        choices=lambda view: (
            Choice("yes", _("Yes, delete everything"), _erase),
            Choice("no", _("No, keep it"), "mydata"),
        ),
        parent="mydata",
    ),
    Screen(
        id="mydata.withdraw",
        says=lambda view: (
            _("If you take it back, the desk no longer sees your question, and your appointment is cancelled."),
            _("Nothing else happens to you. You can ask again at any time."),
        ),
        choices=lambda view: (
            Choice("yes", _("Yes, take it back"), _withdraw_all),
            Choice("no", _("No, leave it as it is"), "mydata"),
        ),
        parent="mydata",
    ),
    Screen(
        id="erased",
        says=lambda view: (_("Everything is deleted. Thank you for your trust."),),
        choices=lambda view: (Choice("again", _("Start again"), "welcome"),),
        parent="welcome",
        private=False,
    ),
)
