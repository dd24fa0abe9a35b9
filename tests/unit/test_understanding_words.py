"""Which words of a table a typed word can be, and where the phrases of a table stand in a message."""

from __future__ import annotations

import pytest

from bot.understanding.leaning import pieces_in
from bot.understanding.lexicon import Table, read_words
from bot.understanding.matching import find
from bot.understanding.normalise import LONGEST_WORD, shortened, tokens
from bot.understanding.phrases import Vocabulary, Word
from bot.understanding.script import Script, main_script, scripts_of
from bot.understanding.words import BENT, EXACT, SLIP, Words
from tests.slips import slips

WORDS = Vocabulary.of([Word("miete"), Word("kinderzimmer"), Word("wohnung", ends=True), Word("haus", opens=True)])
MIETE, KINDERZIMMER, WOHNUNG, HAUS = range(4)


def words() -> Words:
    return Words(WORDS, frozenset({"mitte"}), ["n"])


def test_a_word_is_found_whole_with_an_ending_and_inside_another() -> None:
    assert words().meant_by("miete") == {MIETE: EXACT}
    assert words().meant_by("mieten") == {MIETE: BENT}
    assert words().meant_by("wohnungsamt") == {WOHNUNG: EXACT}
    assert words().meant_by("krankenhaus") == {HAUS: EXACT}


@pytest.mark.parametrize(("text", "number"), [("miete", MIETE), ("kinderzimmer", KINDERZIMMER), ("wohnung", WOHNUNG)])
def test_one_slip_behind_the_first_letter_is_allowed_for(text: str, number: int) -> None:
    known = words()
    spelt = {one for one in slips(text) if len(one) >= 5 and one[0] == text[0]}
    assert {one for one in spelt if number not in known.meant_by(one)} - {"mitte"} == set()
    assert {one for one in spelt if known.meant_by(one) == {number: SLIP}}


def test_a_slip_in_what_goes_on_behind_a_stem_is_not_counted() -> None:
    assert words().meant_by("wohnugnsmarkt") == {WOHNUNG: SLIP}
    assert words().meant_by("wohnungssuchende") == {WOHNUNG: EXACT}


def test_long_words_may_have_two_slips_but_not_at_both_ends() -> None:
    assert words().meant_by("kindrezimer") == {KINDERZIMMER: SLIP}
    assert words().meant_by("kndierzimmre") == {}
    assert words().meant_by("mieet") == {MIETE: SLIP}
    assert words().meant_by("mitee") == {MIETE: SLIP}
    assert words().meant_by("miuuete") == {}


def test_real_words_are_no_slips_and_a_foreign_table_allows_for_none() -> None:
    assert words().meant_by("mitte") == {}
    assert words().spelt("mieet") == {}


def test_a_single_word_stands_where_it_is_surest() -> None:
    (hit,) = find(tokens("mieet und miete"), table(weak="miete"), table(weak="miete").words.meant_by)
    assert ({*hit.places}, hit.sure) == ({2}, EXACT)


def test_a_single_word_does_not_count_beside_what_bars_it() -> None:
    debt = table(weak="miete !gut")
    assert find(tokens("die miete ist gut"), debt, debt.words.meant_by) == []
    assert len(find(tokens("die miete ist hoch"), debt, debt.words.meant_by)) == 1


def test_all_words_of_a_phrase_must_be_there() -> None:
    debt = table(weak="miete hoch|teuer")
    assert find(tokens("die miete"), debt, debt.words.meant_by) == []
    assert find(tokens("teuer ist es"), debt, debt.words.meant_by) == []
    (hit,) = find(tokens("teuer ist die miete"), debt, debt.words.meant_by)
    assert hit.places == {0, 3}


def table(**phrases: str) -> Table:
    return read_words("de", {"words": {"filler": "ist die es und"}, "topic": {"debt": phrases}})


def test_each_piece_knows_the_first_word_that_it_comes_from() -> None:
    pieces = pieces_in(tokens("rent and rent"))
    placed = dict(zip(pieces.numbers.tolist(), pieces.places(), strict=True))
    for place, alone in enumerate(("rent", "and")):
        assert {placed[number] for number in pieces_in(tokens(alone)).numbers.tolist()} == {place}
    assert len(placed) == len({*pieces.numbers.tolist()}) == len(pieces.numbers)


def test_two_words_in_a_row_are_a_piece_and_those_around_a_gap_are_not() -> None:
    def alone(*texts: str) -> set[int]:
        return {number for text in texts for number in pieces_in(tokens(text)).numbers.tolist()}

    words = tokens("rent and food")
    whole = pieces_in(words)
    pairs = {*whole.numbers.tolist()} - alone("rent", "and", "food")
    placed = dict(zip(whole.numbers.tolist(), whole.places(), strict=True))
    assert sorted(placed[pair] for pair in pairs) == [0, 1]
    assert {*pieces_in(words, frozenset({1})).numbers.tolist()} == alone("rent", "food")


def test_of_two_scripts_in_equal_parts_the_first_counts() -> None:
    assert main_script(scripts_of(["суд", "amt"])) is Script.CYRILLIC
    assert main_script(scripts_of(["amt", "суд"])) is Script.LATIN
    assert main_script(scripts_of(["amt", "суд", "письмо"])) is Script.CYRILLIC
    assert main_script(scripts_of([])) is Script.OTHER


def test_a_key_held_down_hides_no_word_and_a_word_without_end_is_cut() -> None:
    assert [token.folded for token in tokens(f"schwa{'a' * 110}nger")] == ["schwaanger"]
    assert [token.folded for token in tokens("\u0640" * 105 + "طبيب")] == ["طبيب"]
    assert len(shortened("abc" * 5000)) == LONGEST_WORD
    (word,) = tokens("\ufdfa" * LONGEST_WORD)
    assert len(word.folded) <= LONGEST_WORD
