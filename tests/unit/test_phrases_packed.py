"""The tables of phrases are packed to be read quickly; what is read is always what the table says."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.app.phrases import packed, unpacked
from bot.app.recogniser import languages_of_tables, phrases_of, places_of_phrases, read_all_tables
from bot.understanding.lexicon import Phrases, read_phrases


def some() -> Phrases:
    given = {
        "words": {"filler": "the", "denials": "no", "endings": "s"},
        "topic": {"debt": {"weak": "bailiff* !joke", "strong": "cuckoo-seal*|*debt*"}},
        "urgent": {"calm": "dead tired"},
    }
    return read_phrases("en", given)


@pytest.mark.parametrize("language", languages_of_tables())
def test_what_is_packed_is_what_the_table_says(language: str) -> None:
    written, kept = places_of_phrases(language)
    told = "run `python -m scripts.phrases write`"
    assert unpacked(kept, written.read_bytes()) == phrases_of(language), told


def test_phrases_are_read_from_where_they_are_packed_and_else_from_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def of_the_table(language: str) -> Phrases:
        told.append(language)
        return some()

    monkeypatch.setattr("bot.app.recogniser.phrases_of", of_the_table)
    assert len(read_all_tables()["de"].members) > len(some().slots)
    assert told == []
    monkeypatch.setattr("bot.app.recogniser.unpacked_phrases", lambda path, table: None)
    assert len(read_all_tables()["de"].members) == len(some().slots)
    assert told == ["de"]


@pytest.mark.parametrize(("changed", "value"), [("WEIGHTS", {"weak": 0.1}), ("LABELS", {"debt": "Debt"})])
def test_after_a_change_of_strengths_or_topics_nothing_old_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, value: Mapping[str, object]
) -> None:
    path = tmp_path / "en.json.gz"
    path.write_bytes(packed(some(), b"the table"))
    monkeypatch.setattr(f"bot.app.phrases.{changed}", value)
    assert unpacked(path, b"the table") is None


def test_the_line_endings_of_a_table_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "en.json.gz"
    path.write_bytes(packed(some(), b"a\nb\n"))
    assert unpacked(path, b"a\r\nb\r\n") == some()


def test_phrases_come_out_as_they_went_in(tmp_path: Path) -> None:
    path = tmp_path / "en.json.gz"
    path.write_bytes(packed(some(), b"the table"))
    assert unpacked(path, b"the table") == some()
    assert packed(some(), b"the table") == path.read_bytes()


def test_after_a_change_of_the_table_nothing_old_is_read(tmp_path: Path) -> None:
    path = tmp_path / "en.json.gz"
    path.write_bytes(packed(some(), b"the table"))
    assert unpacked(path, b"the table, corrected") is None


@pytest.mark.parametrize(
    "harm",
    [
        lambda kept: kept[:-9],
        lambda kept: b"no gzip",
        lambda kept: gzip.compress(b"[]"),
        lambda kept: gzip.compress(b"{}"),
    ],
)
def test_what_is_damaged_is_not_used(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "en.json.gz"
    path.write_bytes(harm(packed(some(), b"the table")))
    assert unpacked(path, b"the table") is None
    assert unpacked(tmp_path / "missing.json.gz", b"the table") is None
