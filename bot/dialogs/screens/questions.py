"""The few questions that can still change the suggestion or the desk, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.dialogs.again import says_why
from bot.dialogs.reading import a_number
from bot.dialogs.screen import Choice, Screen, Step, View
from bot.i18n.text import Text, _, n_
from bot.understanding.recognise import Recognition
from bot.vocabulary.facts import LARGEST_COUNT, LivingFrom, NextSteps, Office, StatusChange, Tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`fact` is what the answer teaches; an option's id is the fact's value in interface.md."""

    fact: str
    asks: tuple[Text, ...]
    options: tuple[tuple[str, Text, Any], ...]
    several: bool = False
    counts: bool = False


_YES_NO: Final = (("yes", _("Yes"), True), ("no", _("No"), False))

OFFICES: Final = {
    Office.JOBCENTER: _("Jobcenter (money to live on, work)"),
    Office.SOZIALAMT: _("Sozialamt (social welfare office)"),
    Office.ABH: _("Ausländerbehörde (foreigners' office)"),
    Office.ARBEITSAGENTUR: _("Agentur für Arbeit (employment agency)"),
    Office.JUGENDAMT: _("Jugendamt (youth office)"),
    Office.BAMF: _("BAMF (federal office for asylum)"),
    Office.COURT: _("Court"),
    Office.SCHOOL: _("School or Kita"),
    Office.HEALTH: _("Doctor, hospital or health insurance"),
    Office.COUNSELLING: _("A counselling centre"),
    Office.LANDLORD: _("Landlord"),
    Office.CREDITOR: _("Somebody I owe money to"),
    Office.OTHER: _("Another office"),
}

QUESTIONS: Final = (
    Question(
        fact="offices",
        asks=(_("Which offices or services still have to do something for you? Choose all that fit."),),
        options=tuple((office.value, label, office) for office, label in OFFICES.items()),
        several=True,
    ),
    Question(
        fact="contradictory_demands",
        asks=(_("Do these offices want different things from you? Or do they send you from one to the other?"),),
        options=_YES_NO,
    ),
    Question(
        fact="living_from",
        asks=(_("What do you live on at the moment?"),),
        options=(
            ("asylblg", _("Money from the Sozialamt (Asylbewerberleistungen)"), LivingFrom.ASYLBLG),
            ("sgb2", _("Money from the Jobcenter"), LivingFrom.SGB2),
            ("sgb12", _("Basic support in old age or illness (Grundsicherung)"), LivingFrom.SGB12),
            ("wages", _("My work"), LivingFrom.WAGES),
            ("family", _("My family"), LivingFrom.FAMILY),
            ("nothing", _("I have no money at the moment"), LivingFrom.NOTHING),
        ),
    ),
    Question(
        fact="status_change",
        asks=(_("Has your residence status, or the office that pays you, changed? Or will it change soon?"),),
        options=(
            ("recent", _("Yes, in the last months"), StatusChange.RECENT),
            ("ahead", _("It will change soon"), StatusChange.AHEAD),
            ("none", _("No"), StatusChange.NONE),
        ),
    ),
    Question(
        fact="next_steps_alone",
        asks=(_("Can you do the next steps alone? For example letters, phone calls, appointments and forms."),),
        options=(
            ("yes", _("Yes, I can do it alone"), NextSteps.YES),
            ("with_support", _("Yes, somebody helps me"), NextSteps.WITH_SUPPORT),
            ("no", _("No, I cannot do it alone"), NextSteps.NO),
        ),
    ),
    Question(
        fact="tried",
        asks=(_("Have you already asked an office or a counselling centre about this? What happened?"),),
        options=(
            ("not_yet", _("No, not yet"), Tried.NOT_YET),
            ("in_hand", _("Yes, and they are working on it"), Tried.IN_HAND),
            ("waiting", _("Yes, and I am still waiting"), Tried.WAITING),
            ("refused", _("Yes, but they said no"), Tried.REFUSED),
            ("no_service", _("I found no service that can help me"), Tried.NO_SERVICE),
        ),
    ),
    Question(
        fact="waiting_months",
        asks=(_("How many months have you been waiting? Please choose, or write a number."),),
        options=tuple((str(n), n_("{n} month", "{n} months", n), n) for n in (1, 2, 3, 6, 12)),
        counts=True,
    ),
)
ASKABLE: Final = frozenset(question.fact for question in QUESTIONS)


def _learn(fact: str, value: Any) -> Callable[[View], Step]:
    def learn(view: View) -> Step:
        learnt: dict[str, Any] = {fact: value}
        facts = replace(view.facts, **learnt)
        return view.go("next", facts=facts, asked=view.session.asked | {fact})

    return learn


def _leave_open(fact: str) -> Callable[[View], Step]:
    return lambda view: view.go("next", asked=view.session.asked | {fact})


def _open_answers(question: Question) -> tuple[Choice, ...]:
    leave = _leave_open(question.fact)
    return (Choice("dont_know", _("I don't know"), leave), Choice("skip", _("Skip this question"), leave))


def _choices(question: Question) -> Callable[[View], tuple[Choice, ...]]:
    def one(view: View) -> tuple[Choice, ...]:
        options = [Choice(id, label, _learn(question.fact, value)) for id, label, value in question.options]
        return (*options, *_open_answers(question))

    def several(view: View) -> tuple[Choice, ...]:
        options = [_mark(view, id, label) for id, label, value in question.options]
        chosen = tuple(value for id, label, value in question.options if id in view.session.marked)
        last = Choice("done", _("✔️ Done"), _learn(question.fact, chosen)) if chosen else None
        none = Choice("none", _("None of these"), _learn(question.fact, ()))
        return (*options, last or none, *_open_answers(question))

    return several if question.several else one


def _mark(view: View, id: str, label: Text) -> Choice:
    marked = view.session.marked
    if id in marked:
        return Choice(id, _("✅ {answer}", answer=label), lambda view: view.stay(marked=marked - {id}))
    return Choice(id, label, lambda view: view.stay(marked=marked | {id}))


def _hears_number(fact: str) -> Callable[[View, str, Recognition], Step]:
    def hears(view: View, text: str, recognition: Recognition) -> Step:
        number = a_number(text)
        if number is None or number > LARGEST_COUNT:
            return view.stay(_("Please write only a number, for example {example}.", example=4))
        return _learn(fact, number)(view)

    return hears


def _screen(question: Question) -> Screen:
    return Screen(
        id=f"ask.{question.fact}",
        says=lambda view: (*says_why(view), *question.asks),
        choices=_choices(question),
        hears=_hears_number(question.fact) if question.counts else None,
        parent="need.understood",
        step=5,
    )


SCREENS: Final = tuple(_screen(question) for question in QUESTIONS)
