"""The public form for barriers, over the real application: no account, no cookie, no person, and not too often."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from bot.app.bells import Bells
from bot.app.site import site
from bot.barriers.barrier import Group, Origin
from bot.channels.rate import MOST_REMEMBERED, Rate
from bot.storage.store import Store
from bot.vocabulary.facts import County
from tests.barrier_reports import KITA, LATE, LATE_TOO, a_draft
from tests.talk import new_store, premises

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
WHERE = {"ort": "rbk_kuerten", "thema": "livelihood_benefits", "amt": "jobcenter"}


class Form:
    """Somebody at the form; `now` moves."""

    def __init__(self, store: Store) -> None:
        self.store, self.now = store, NOW
        app = site(store, premises(), Bells(), lambda: self.now, None)
        self.browser = TestClient(app, follow_redirects=False)

    def key(self) -> str:
        found = re.search(r'name="schluessel" value="([^"]+)"', self.browser.get("/huerde").text)
        assert found
        return found[1]

    def sends(self, words: str = LATE, **changes: str) -> tuple[int, str]:
        given = {"schluessel": changes.pop("schluessel", None) or self.key(), **WHERE, "worte": words, **changes}
        answer = self.browser.post("/huerde", data=given)
        return answer.status_code, answer.headers.get("location", "") or answer.text

    def groups(self) -> list[Group]:
        with self.store.transaction() as tx:
            return tx.barriers.groups(list(County))


@pytest.fixture
def form() -> Iterator[Form]:
    with new_store() as store:
        yield Form(store)


def test_a_report_is_kept_without_anything_about_its_sender(form: Form) -> None:
    assert form.sends() == (303, "/huerde?danke")
    assert "Danke für Ihre Meldung" in form.browser.get("/huerde?danke").text
    (group,) = form.groups()
    draft = group.barriers[0].draft
    assert (draft.words, draft.origin, draft.by) == (LATE, Origin.FORM, "")
    assert not form.browser.cookies


def test_alike_reports_come_together_and_a_whole_county_can_be_meant(form: Form) -> None:
    form.sends(LATE)
    form.sends(LATE_TOO, ort="rbk")
    form.sends(KITA, ort="rsk_troisdorf", amt="", thema="")
    assert sorted(len(group.barriers) for group in form.groups()) == [1, 2]
    assert {barrier.draft.municipality for group in form.groups() for barrier in group.barriers} == {
        "rbk_kuerten", None, "rsk_troisdorf"
    }  # fmt: skip


def test_the_same_form_sent_twice_reports_once(form: Form) -> None:
    key = form.key()
    for _ in range(2):
        assert form.sends(schluessel=key)[0] == 303
    assert len(form.groups()[0].barriers) == 1


def test_what_looks_like_a_person_has_to_be_looked_at_again(form: Form) -> None:
    text = "Frau Samadi erreicht unter 0171 2345678 niemanden im Jobcenter."
    status, page = form.sends(text)
    assert status == 422
    assert "Name: „Frau Samadi“" in page
    assert "Telefonnummer: „0171 2345678“" in page
    assert not form.groups()
    assert form.sends(text, geprueft="ja")[0] == 303


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("ort", "", "Bitte wählen Sie eine Stadt"),
        ("ort", "rsk_koeln", "Bitte wählen Sie eine Stadt"),
        ("thema", "<b>", "Bitte wählen Sie ein Thema"),
        ("amt", "nobody", "Bitte wählen Sie eine Stelle"),
        ("worte", "kurz", "Bitte beschreiben Sie die Hürde"),
        ("worte", "x" * 1200, "höchstens 1000 Zeichen"),
    ],
)
def test_each_fault_is_said_at_its_field_and_what_was_typed_stays(
    form: Form, field: str, value: str, sentence: str
) -> None:
    status, page = form.sends(**{field: value})
    assert status == 422
    assert sentence in page
    assert "<title>Fehler:" in page
    assert LATE in page or field == "worte"
    assert "<b>" not in page
    assert form.sends()[0] == 303


def test_after_five_reports_somebody_waits_ten_minutes(form: Form) -> None:
    assert [form.sends(f"{LATE} Nummer {number}")[0] for number in range(6)] == [303] * 5 + [429]
    form.now += timedelta(minutes=11)
    assert form.sends()[0] == 303


def test_a_flood_from_many_addresses_is_stopped_too(form: Form) -> None:
    with form.store.transaction() as tx:
        group = tx.barriers.begin(County.RBK, "Flut", NOW)
        for number in range(40):
            tx.barriers.add(group, a_draft(), f"flood {number}", NOW)
    status, page = form.sends()
    assert (status, "Viertelstunde" in page) == (429, True)


def test_a_program_that_fills_every_field_is_thanked_and_ignored(form: Form) -> None:
    assert form.sends(webseite="http://example.org") == (303, "/huerde?danke")
    assert not form.groups()


def test_another_site_cannot_send_the_form(form: Form) -> None:
    answer = form.browser.post("/huerde", data=WHERE, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert form.browser.post("/huerde", content=b"x" * 20_000).status_code == 413
    assert not form.groups()


def test_the_page_is_safe_and_loads_nothing_from_elsewhere(form: Form) -> None:
    answer = form.browser.get("/huerde")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', answer.text)
    assert form.browser.get(re.findall(r'href="(/chat/static/barrier.css[^"]*)"', answer.text)[0]).status_code == 200


def test_a_rate_forgets_and_never_grows_without_end() -> None:
    rate = Rate(most=1, within=timedelta(minutes=10))
    assert rate.allows("a", NOW)
    assert not rate.allows("a", NOW + timedelta(minutes=9))
    assert rate.allows("b", NOW)
    assert rate.allows("a", NOW + timedelta(minutes=10))
    for number in range(MOST_REMEMBERED + 10):
        rate.allows(str(number), NOW)
    assert len(rate._seen) == MOST_REMEMBERED
