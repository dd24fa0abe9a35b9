"""Publishing with a reason, with two pairs of eyes where the county wants it; the history, and the way back."""

from __future__ import annotations

import pytest

from bot.routing.intakes import Intake
from bot.vocabulary.facts import County, Facts
from bot.vocabulary.ways import Suggestion
from tests.console.rule_work import DEBT, LEGAL, RULES, RuleDesk


def drafted(*, four_eyes: bool = False) -> RuleDesk:
    """A draft in which Kim has switched one rule off."""
    desk = RuleDesk(four_eyes=four_eyes)
    desk.begins()
    desk.presses(desk.kim, f"aus:{LEGAL}")
    return desk


def test_a_draft_counts_once_it_is_published_and_the_history_says_by_whom_and_why() -> None:
    desk = drafted()
    page = desk.publishes(reason="Die Rechtsberatung ist umgezogen.")
    assert "Die neue Fassung gilt." in page.text
    assert "Es gilt Fassung 1" in page.text
    history = desk.kim.get(f"{RULES}/verlauf").text
    assert "Kim Beispiel Die Rechtsberatung ist umgezogen." in history
    assert "Regel rbk_legal, Aktiv: jetzt „nein“, vorher „ja“." in history
    assert "Fassung 0 mit dem Programm geliefert" in history
    assert not desk.has_draft


def test_without_a_reason_nothing_is_published_and_the_field_says_so() -> None:
    desk = drafted()
    page = desk.publishes(reason="  ")
    assert page.status == 422
    assert page.text.count("Bitte geben Sie eine Begründung ein.") == 2
    assert desk.published is None


def test_a_draft_that_does_not_pass_has_no_button_and_no_way_around_it() -> None:
    desk = drafted()
    good = desk.kim.get(f"{RULES}/veroeffentlichen")
    desk.presses(desk.kim, "aus:rbk_coordination")
    page = desk.kim.get(f"{RULES}/veroeffentlichen")
    assert "Nicht bestanden." in page.text
    assert "Beispiel Wohnort: unbekannt" in page.text
    assert "Fassung 1 veröffentlichen" not in page.text
    fields = good.form.fields | {"stand": str(desk.draft.revision), "grund": "Trotzdem.", "tun": "veroeffentlichen"}
    refused = desk.kim.post(f"{RULES}/veroeffentlichen", fields)
    assert refused.status == 422
    assert "Die Prüfung hat etwas gefunden." in refused.text
    assert desk.published is None


def test_whoever_publishes_what_somebody_else_has_changed_since_is_told() -> None:
    desk = drafted()
    seen = desk.mia.get(f"{RULES}/veroeffentlichen")
    desk.presses(desk.kim, f"aus:{DEBT}")
    late = desk.mia.send(seen, tun="veroeffentlichen", grund="Gut so.")
    assert late.status == 409
    assert "Regel rbk_debt, Aktiv: jetzt „nein“, vorher „ja“." in late.text
    assert "Gut so." in late.html
    assert desk.published is None


def test_with_four_eyes_the_author_waits_for_a_colleague_who_agrees() -> None:
    desk = drafted(four_eyes=True)
    mine = desk.kim.get(f"{RULES}/veroeffentlichen")
    assert "Eine zweite Person der Koordination muss ihn in diesem Stand freigeben" in mine.text
    assert "Fassung 1 veröffentlichen" not in mine.text
    forced = desk.kim.send(mine, tun="veroeffentlichen", grund="Allein.")
    assert "Vier-Augen-Prinzip" in forced.text
    agreed = desk.mia.send(desk.mia.get(f"{RULES}/veroeffentlichen"), tun="freigeben")
    assert "Sie haben den Entwurf in diesem Stand freigegeben." in agreed.text
    assert "Freigegeben in diesem Stand von Mia Beispiel" in desk.kim.get(f"{RULES}/veroeffentlichen").text
    assert "Die neue Fassung gilt." in desk.publishes().text


def test_an_agreement_is_for_the_draft_as_it_was_seen_only() -> None:
    desk = drafted(four_eyes=True)
    desk.mia.send(desk.mia.get(f"{RULES}/veroeffentlichen"), tun="freigeben")
    desk.presses(desk.kim, f"aus:{DEBT}")
    assert "Fassung 1 veröffentlichen" not in desk.kim.get(f"{RULES}/veroeffentlichen").text


def test_with_four_eyes_the_colleague_can_publish_themselves() -> None:
    desk = drafted(four_eyes=True)
    assert "Die neue Fassung gilt." in desk.publishes(desk.mia).text


def test_an_older_version_counts_again_under_a_new_number() -> None:
    desk = drafted()
    desk.publishes()
    page = desk.kim.get(f"{RULES}/verlauf/0/zurueck")
    assert "Regel rbk_legal, Aktiv: jetzt „ja“, vorher „nein“." in page.text
    back = desk.kim.send(page, grund="Doch nicht.")
    assert "Die frühere Fassung gilt wieder, unter neuer Nummer." in back.text
    assert "Es gilt Fassung 2" in back.text
    history = desk.kim.get(f"{RULES}/verlauf").text
    assert "Doch nicht. Stellt Fassung 0 wieder her." in history


@pytest.mark.parametrize(("number", "status"), [("7", 404), ("-1", 404), ("x", 404), ("0", 200)])
def test_a_way_back_leads_to_versions_that_there_are(number: str, status: int) -> None:
    desk = drafted()
    desk.publishes()
    assert desk.kim.get(f"{RULES}/verlauf/{number}/zurueck").status in (status, 422)


def test_a_way_back_needs_a_reason_and_the_version_that_was_seen() -> None:
    desk = drafted()
    desk.publishes()
    page = desk.mia.get(f"{RULES}/verlauf/0/zurueck")
    assert "Bitte geben Sie eine Begründung ein." in desk.mia.send(page, grund="").text
    desk.begins()
    desk.presses(desk.kim, f"aus:{DEBT}")
    desk.publishes()
    late = desk.mia.send(page, grund="Auch zurück.")
    assert late.status == 409
    assert "Inzwischen gilt Fassung 2." in late.text


def test_a_simulation_lists_who_would_go_elsewhere_with_a_picture_and_a_table() -> None:
    desk = drafted()
    page = desk.kim.get(f"{RULES}/simulation")
    assert "von 800 Personen kämen woanders an" in page.text
    assert "Es sind noch keine Anfragen gespeichert." in page.text
    assert page.html.count("<svg") == 1
    assert "Refugees Law Clinic Cologne → " in page.html
    assert "Woher und wohin bisher mit dem Entwurf Personen Refugees Law Clinic Cologne" in page.text
    assert "Anliegen: Asylverfahren und Rechtsfragen" in page.text


def test_the_last_intakes_are_simulated_too() -> None:
    desk = drafted()
    facts = Facts(county=County.RBK, municipality="rbk_burscheid", needs=("asylum_procedure_legal",))
    desk.work.store.rows.rules.intakes.append(Intake(facts=facts, suggestion=Suggestion.REFERRAL, count=3))
    assert "3 von 3 Personen kämen woanders an" in desk.kim.get(f"{RULES}/simulation").text


def test_a_draft_that_changes_nothing_for_anybody_says_so() -> None:
    desk = RuleDesk()
    desk.begins()
    assert (
        "Der Entwurf führt alle dorthin, wohin auch die geltende Fassung führt."
        in desk.kim.get(f"{RULES}/simulation").text
    )


@pytest.mark.parametrize("page", ["simulation", "veroeffentlichen"])
def test_without_a_draft_there_is_nothing_to_try_or_to_publish(page: str) -> None:
    assert "Es gibt gerade keinen Entwurf" in RuleDesk().kim.get(f"{RULES}/{page}").text
