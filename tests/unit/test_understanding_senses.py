"""What words are about: senses that all languages share."""

from __future__ import annotations

from math import log
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from bot.app.recogniser import read_all_senses, read_all_tables, runs_of_senses
from bot.app.tables import read_table
from bot.i18n.languages import BY_TAG
from bot.understanding.leaning import BY_SENSES, Lean, Pieces, leans
from bot.understanding.normalise import tokens
from bot.understanding.phrases import Vocabulary
from bot.understanding.senses import Senses, packed, pieces_of_senses, read_runs, senses_in, unpacked
from bot.understanding.words import Words
from tests.unit.weights import weights_for

WORDS: Final = Path(__file__).resolve().parents[2] / "bot" / "understanding" / "tables" / "senses"
SENSES: Final = read_all_senses(read_all_tables())
KNOWN: Final = ("landlord", "mould", "bailiff")
#: The owner of the flat does not write back, as people of each language would type it.
LANDLORDS: Final = {
    "de": "der Vermieter antwortet nicht",
    "en": "my landlord never answers",
    "es": "el casero no me contesta",
    "ar": "صاحب البيت ما عم يرد علي",
    "fa": "صاحبخانه جواب نمی‌دهد",
    "pl": "właściciel mieszkania nie odpisuje",
    "ru": "арендодатель не отвечает",
    "tr": "ev sahibi cevap vermiyor",
    "uk": "орендодавець не відповідає",
}


def some(**words: str) -> Senses:
    small = Words(Vocabulary([], [], []), frozenset({"the", "my"}), ["s"])
    return Senses(unpacked(packed(read_runs("en", words, KNOWN))), small)


def found(text: str, senses: Senses, skipped: frozenset[int] = frozenset()) -> dict[str, int]:
    return senses_in(tokens(text), senses, skipped)


def odds(share: float) -> float:
    return log(share / (1 - share))


def lean_of(label: str, leaning: list[Lean]) -> float:
    return next((lean.share for lean in leaning if lean.label == label), 0.0)


def shares(leaning: list[Lean]) -> dict[str, float]:
    return {lean.label: lean.share for lean in leaning}


@pytest.mark.parametrize(("language", "text"), LANDLORDS.items())
def test_the_owner_of_a_flat_is_the_same_sense_in_every_language(language: str, text: str) -> None:
    assert "landlord" in found(text, SENSES[language])


@pytest.mark.parametrize("language", sorted(BY_TAG))
def test_every_language_has_words_for_nearly_every_sense(language: str) -> None:
    carried, everything = {*runs_of_senses(language).senses}, {*read_table(WORDS.parent / "senses.toml")}
    assert len(carried) > 0.97 * len(everything), sorted(everything - carried)


@pytest.mark.parametrize("language", sorted(BY_TAG))
def test_the_words_that_are_read_are_those_of_the_table(language: str) -> None:
    with np.load(WORDS / f"{language}.npz", allow_pickle=False) as arrays:
        kept = packed(unpacked(arrays))
    for name, wanted in packed(runs_of_senses(language)).items():
        assert np.array_equal(kept[name], wanted), "run `python -m benchmarks.train senses`"


def test_tied_words_carry_a_sense_only_near_each_other_and_in_order() -> None:
    senses = some(bailiff="cuckoo-seal*")
    assert found("a cuckoo on the seals", senses) == {"bailiff": 1}
    assert found("a seal with a cuckoo", senses) == {}
    assert found("the cuckoo sang all day long and then the seal came", senses) == {}


def test_words_that_do_not_count_carry_no_sense() -> None:
    senses = some(mould="mould|mold", landlord="landlord")
    assert found("mould and a landlord", senses) == {"mould": 0, "landlord": 3}
    assert found("mould and a landlord", senses, frozenset({0})) == {"landlord": 3}


def test_one_word_may_carry_two_senses_and_a_plural_carries_the_same() -> None:
    assert found("landlords", some(mould="landlord", landlord="landlord")) == {"mould": 0, "landlord": 0}


def test_every_two_senses_are_weighed_together_but_not_in_a_long_story() -> None:
    assert len(pieces_of_senses({"landlord": 0, "mould": 2, "bailiff": 4}).numbers) == 3 + 3
    assert len(pieces_of_senses({f"sense {number}": number for number in range(40)}).numbers) == 40


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"mice": "mouse"}, "en: 'mice': allowed are the senses"),
        ({"mould": "a*b"}, "en: mould: in 'a\\*b'"),
        ({"mould": "-"}, "en: mould: in '-': there is no word"),
    ],
)
def test_a_bad_table_is_refused_by_language_sense_and_word(words: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_runs("en", words, KNOWN)


def test_letters_and_senses_are_weighed_by_their_odds_and_both_name_their_words() -> None:
    letters, senses = Pieces.of({11: 0, 12: 1}), Pieces.of({21: 4})
    own, shared = weights_for("debt", {11: 0, 12: 1}, 1.0), weights_for("debt", {21: 4}, 4.0)
    alone, both = leans(letters, own), leans(letters, own, senses, shared)
    expected = (1 - BY_SENSES) * odds(lean_of("debt", alone)) + BY_SENSES * odds(lean_of("debt", leans(senses, shared)))
    assert odds(lean_of("debt", both)) == pytest.approx(expected, abs=0.01)
    assert next(lean.places for lean in both if lean.label == "debt") == {4}


def test_where_no_sense_is_found_the_letters_decide() -> None:
    letters = Pieces.of({11: 0, 12: 1})
    own = weights_for("debt", {11: 0, 12: 1}, 2.0)
    assert shares(leans(letters, own, Pieces.of({}), own)) == shares(leans(letters, own)) != {}
