"""A voice message or a picture is opened from the card, and only by who may see the card."""

from __future__ import annotations

import pytest

from bot.handoff.case import LogEntry
from tests.casework import a_case
from tests.console.desk_work import DeskWork

CARD = "/karten/K7M4Q2"


def test_the_card_lists_each_recording_with_a_way_to_it() -> None:
    card = DeskWork(a_case(note=("telegram:voice:v1", "telegram:photo:p1"))).signed_in("sara").get(CARD)
    assert "Sprachnachricht 1 anhören Bild 2 ansehen" in card.text
    assert [link for link in card.links if "aufnahmen" in link] == [f"{CARD}/aufnahmen/1", f"{CARD}/aufnahmen/2"]


def test_a_card_without_recordings_speaks_of_none() -> None:
    card = DeskWork(a_case(note=())).signed_in("sara").get(CARD)
    assert "aufnahmen" not in card.html


@pytest.mark.parametrize(
    ("number", "tag", "kind", "body"),
    [(1, "<audio", "audio/ogg", b"OggS sound"), (2, "<img", "image/jpeg", b"\xff\xd8\xff light")],
)
def test_a_recording_is_heard_or_seen_and_kept_nowhere(number: int, tag: str, kind: str, body: bytes) -> None:
    sara = DeskWork(a_case()).signed_in("sara")
    page = sara.get(f"{CARD}/aufnahmen/{number}")
    assert tag in page.html
    assert f'src="{CARD}/aufnahmen/{number}/inhalt"' in page.html
    content = sara.raw(f"{CARD}/aufnahmen/{number}/inhalt")
    assert (content.status_code, content.headers["content-type"], content.content) == (200, kind, body)
    assert content.headers["cache-control"] == "no-store"
    assert content.headers["x-content-type-options"] == "nosniff"


def test_what_telegram_no_longer_has_is_said_in_a_sentence() -> None:
    work = DeskWork(a_case())
    sara = work.signed_in("sara")
    work.recordings.files.clear()
    page = sara.get(f"{CARD}/aufnahmen/1")
    assert "Telegram hat diese Aufnahme nicht mehr. Bitte fragen Sie die Person im Gespräch danach." in page.text
    assert "<audio" not in page.html
    assert sara.raw(f"{CARD}/aufnahmen/1/inhalt").status_code == 404
    work.recordings.away = True
    assert "Telegram antwortet gerade nicht." in sara.get(f"{CARD}/aufnahmen/1").text


def test_what_the_web_chat_no_longer_has_is_not_blamed_on_telegram() -> None:
    work = DeskWork(a_case(note=("web:voice:v2",)))
    page = work.signed_in("sara").get(f"{CARD}/aufnahmen/1")
    assert "Diese Aufnahme gibt es nicht mehr. Bitte fragen Sie die Person im Gespräch danach." in page.text
    assert "Telegram hat" not in page.text


@pytest.mark.parametrize(
    ("reference", "body", "name"),
    [("web:voice:v3", b"\x1a\x45\xdf\xa3", "K7M4Q2-1.webm"), ("telegram:voice:v1", b"OggS", "K7M4Q2-1.ogg")],
)
def test_a_file_to_save_ends_as_what_it_is(reference: str, body: bytes, name: str) -> None:
    work = DeskWork(a_case(note=(reference,)))
    work.recordings.files["v3"] = body
    content = work.signed_in("sara").raw(f"{CARD}/aufnahmen/1/inhalt")
    assert content.headers["content-disposition"] == f'inline; filename="{name}"'


@pytest.mark.parametrize("number", ["0", "3", "-1", "eins"])
def test_a_number_that_the_card_does_not_have_is_no_page(number: str) -> None:
    sara = DeskWork(a_case()).signed_in("sara")
    assert sara.get(f"{CARD}/aufnahmen/{number}").status == 404
    assert sara.get(f"{CARD}/aufnahmen/{number}/inhalt").status == 404


def test_a_reference_of_an_older_program_is_not_listed() -> None:
    sara = DeskWork(a_case(note=("voice-1", "signal:voice:x"))).signed_in("sara")
    assert "Sprachnachricht 1" not in sara.get(CARD).text
    assert sara.get(f"{CARD}/aufnahmen/1").status == 404
    assert "ist nicht mit dem Bot der Ratsuchenden verbunden" in sara.get(f"{CARD}/aufnahmen/2").text


def test_that_somebody_opened_it_is_noted_with_the_card() -> None:
    work = DeskWork(a_case())
    work.signed_in("sara").get(f"{CARD}/aufnahmen/1")
    entries: list[LogEntry] = [entry for code, entry in work.store.rows.log if code == "K7M4Q2"]
    assert [(entry.actor, entry.action) for entry in entries] == [("sara", "read")]
