"""The suggestion with its reasons in plain words; the person may prefer another way."""

from __future__ import annotations

from typing import Final

from bot.dialogs.path import assessment, way
from bot.dialogs.screen import Choice, Screen, Step, View, always
from bot.i18n.text import Text, _
from bot.triage.finding import Holds, Unknown
from bot.vocabulary.ways import Suggestion

NAMES: Final = {
    Suggestion.CASE_MANAGEMENT: _("Case management (KIM Case Management)"),
    Suggestion.SHORT_CONSULTATION: _("Short consultation (Kurzberatung)"),
    Suggestion.REFERRAL: _("The office or counselling centre for your question"),
}
MEANS: Final = {
    Suggestion.CASE_MANAGEMENT: _(
        "This means: one person stays at your side for a longer time and brings all the offices together."
    ),
    Suggestion.SHORT_CONSULTATION: _(
        "This means: about two meetings in which somebody works on your question together with you."
    ),
    Suggestion.REFERRAL: _("This means: there is an office or a counselling centre just for your question."),
}
_SUGGESTS: Final = {
    Suggestion.CASE_MANAGEMENT: _("I suggest case management. In German it is called KIM Case Management."),
    Suggestion.SHORT_CONSULTATION: _("I suggest a short consultation. In German it is called Kurzberatung."),
    Suggestion.REFERRAL: _("I suggest the office or counselling centre that is made for your question."),
}
ONLY_A_SUGGESTION: Final = _(
    "This is only a suggestion. A person decides together with you in the first meeting (Erstgespräch)."
)
ALWAYS_A_PERSON: Final = _("This is only a suggestion. You can always talk to a person.")
_NOT_ENOUGH: Final = _("I do not know enough yet, so we start with a first meeting.")
_FEW: Final = _("Your question is clear, and one or two meetings are often enough for it.")
_OWN_OFFICE: Final = _("For your question there is an office that is responsible and knows it best.")


def _says(view: View) -> tuple[Text, ...]:
    suggestion = way(view)
    preferred = (_("You have chosen this way yourself."),) if view.session.preferred else ()
    who_decides = ALWAYS_A_PERSON if suggestion is Suggestion.REFERRAL else ONLY_A_SUGGESTION
    return (_SUGGESTS[suggestion], MEANS[suggestion], *preferred, *_reasons(view), who_decides)


def _reasons(view: View) -> tuple[Text, ...]:
    """What decided: the criteria that hold, or for the lighter ways the plain reason."""
    assessed = assessment(view)
    if view.session.preferred and view.session.preferred is not assessed.suggestion:
        return ()
    if assessed.suggestion is Suggestion.REFERRAL:
        return (_("Why:"), _("• {reason}", reason=_OWN_OFFICE))
    holding = tuple(one.finding.because for one in assessed.judged if isinstance(one.finding, Holds))
    if assessed.suggestion is Suggestion.SHORT_CONSULTATION:
        unsure = any(isinstance(one.finding, Unknown) for one in assessed.judged)
        holding = (_NOT_ENOUGH if unsure else _FEW, *holding)
    return (_("Why:"), *(_("• {reason}", reason=reason) for reason in holding))


def _choices(view: View) -> tuple[Choice, ...]:
    return (
        Choice("go_on", _("Continue with this"), "how"),
        Choice("other_way", _("I would like another way"), "suggestion.other"),
        Choice("correct", _("Correct my answers"), "need.understood"),
    )


def _other_ways(view: View) -> tuple[Choice, ...]:
    return tuple(_prefer(one) for one in Suggestion if one is not way(view))


def _prefer(one: Suggestion) -> Choice:
    def prefer(view: View) -> Step:
        return view.go("how", preferred=None if one is assessment(view).suggestion else one)

    return Choice(one.value, NAMES[one], prefer)


SCREENS: Final = (
    Screen(id="suggestion", says=_says, choices=_choices, parent="need.understood", step=6),
    Screen(
        id="suggestion.other",
        says=always(
            _("You can choose another way. The desk will see that you wish it."),
            *(_("{name}. {means}", name=NAMES[one], means=MEANS[one]) for one in Suggestion),
        ),
        choices=_other_ways,
        parent="suggestion",
        step=6,
    ),
)
