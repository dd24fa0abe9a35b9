"""The corpus: every author stands in one split and in the README, and every message can be read and scored."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Final

import pytest

from bot.i18n.languages import BY_TAG
from bot.understanding.lexicon import Urgent
from bot.understanding.normalise import normalise
from bot.vocabulary.topics import LABELS

CORPUS: Final = Path(__file__).resolve().parents[2] / "corpus"
SPLIT: Final = tomllib.loads((CORPUS / "split.toml").read_text("utf-8"))
FILES: Final = {path.stem: path for path in sorted(CORPUS.glob("*/*.jsonl"))}
UNSEEN: Final = ("test", "exam", "outside")


def texts(author: str) -> set[str]:
    return {normalise(json.loads(row)["text"]) for row in FILES[author].read_text("utf-8").splitlines()}


def test_every_author_is_trained_on_or_kept_for_measuring() -> None:
    split = [author for name in ("train", *UNSEEN) for author in SPLIT[name]]
    assert sorted(split) == sorted(FILES)
    assert set(SPLIT["unread"]) <= set(SPLIT["train"])


def test_every_author_is_described() -> None:
    described = (CORPUS / "README.md").read_text("utf-8")
    assert [author for author in FILES if f"`{author}`" not in described] == []


@pytest.mark.parametrize("language", sorted(BY_TAG))
def test_no_message_for_measuring_is_also_trained_on(language: str) -> None:
    mine = {name: [one for one in SPLIT[name] if one.startswith(f"{language}-")] for name in ("train", *UNSEEN)}
    trained = set().union(*map(texts, mine["train"]))
    long = {text for name in UNSEEN for author in mine[name] for text in texts(author) if len(text.split()) > 3}
    assert sorted(long & trained) == []


@pytest.mark.parametrize("language", sorted(BY_TAG))
def test_every_message_has_topics_and_emergencies_that_there_are(language: str) -> None:
    known = {*LABELS, *Urgent, None}
    for path in sorted((CORPUS / language).glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            row, where = json.loads(line), f"{path.name}:{number}"
            assert (row["author"], row["scenario"].partition(":")[0]) == (path.stem, path.stem), where
            assert row["text"].strip(), where
            assert {*row["needs"], row["urgent"], *row.get("also", ())} <= known, where
