"""A message in a person's own words gives the needs, the words that say so, and the emergency."""

from __future__ import annotations

import gc
import tomllib
from functools import cache, partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import pytest

from bot.app.lazily import Lazily
from bot.app.recogniser import read_known_languages, read_recogniser
from bot.understanding.cyrillic import in_cyrillic
from bot.understanding.language import TAGS, read_languages
from bot.understanding.leaning import LEANINGS, PIECES, Lean, read_weights
from bot.understanding.lexicon import Kind, Lexicon, Phrase, Table, Urgent, read_lexicon, read_words
from bot.understanding.matching import Hit
from bot.understanding.normalise import LONGEST_WORD, tokens
from bot.understanding.quoting import Message
from bot.understanding.recognise import Recogniser
from bot.understanding.scales import SAY, read_scales
from bot.understanding.urgent import (
    ABOUT_VIOLENCE,
    BACKED,
    BACKED_WISH,
    CLEAR,
    DOUBT,
    FEW_WORDS,
    VERY_CLEAR,
    Alarm,
    alarm,
    worry,
)
from bot.understanding.weighing import NeedFound, weighed

TABLES = Path(__file__).resolve().parents[2] / "bot" / "understanding" / "tables"


@cache
def a_recogniser() -> Recogniser:
    recogniser = read_recogniser()
    recogniser.read_all()
    return recogniser


SCALES = read_scales(tomllib.loads((TABLES / "leaning" / "weighing.toml").read_text("utf-8")))


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((TABLES / f"{name}.toml").read_text("utf-8"))


def needs(text: str, language: str | None = None) -> set[str]:
    return {need.topic for need in a_recogniser().recognise(text, language).needs}


def urgent(text: str, language: str | None = None) -> Urgent | None:
    return a_recogniser().recognise(text, language).urgent


GOLDEN = {
    "syrian_father": {"work_employment", "housing_search"},
    "tatjana": {"recognition_qualifications"},
    "fernando": {"benefit_transition", "livelihood_benefits", "residence_permit"},
    "shiva": {"residence_permit", "childcare_early_education", "disability_care_needs", "german_course"},
    "teklet": {"violence_protection", "german_course", "social_participation"},
    "hamza": {"mental_health_addiction", "debt", "livelihood_benefits"},
}
TOLD = [
    (
        "syrian_father",
        "de",
        "Familienvater aus Syrien, möchte Busfahrer werden, Deutsch B1, wünscht sich eine Wohnung für die Familie.",
    ),
    (
        "tatjana",
        "de",
        "Aus der Ukraine, seit anderthalb Jahren hier, Wohnung und Teilzeitstelle, gelernte Lehrerin, "
        "möchte ihre Zeugnisse anerkennen lassen.",
    ),
    (
        "fernando",
        "de",
        "Aus dem Kongo, Aufenthaltstitel nach Klage, seitdem kein Geld mehr vom Sozialamt, fragt, was sich ändert.",
    ),
    (
        "shiva",
        "de",
        "Iranerin, drei Kinder, Mann in anderer Stadt, Umverteilung seit sechs Monaten offen, jüngstes Kind "
        "hörbeeinträchtigt und ohne Kita-Platz, kein Sprachkurs, Sammelunterkunft, überfordert.",
    ),
    (
        "teklet",
        "de",
        "Aus Eritrea, 23, gerade zugewiesen, kaum Deutsch, möchte helfen und Kontakte, "
        "hat in der Unterkunft Angst wegen seiner Identität.",
    ),
    (
        "hamza",
        "de",
        "Aus dem Libanon, 32, schwer belastet nach Haft, Sportwetten, hohe Schulden, "
        "Briefe vom Jobcenter machen ihm Angst.",
    ),
    (
        "syrian_father",
        "en",
        "I am a father from Syria, I want to become a bus driver, my German is B1, "
        "and I wish for a flat for my family.",
    ),
    (
        "tatjana",
        "en",
        "I am from Ukraine, here for one and a half years, I have a flat and a part-time job. "
        "I am a trained teacher and would like to have my certificates recognised.",
    ),
    (
        "fernando",
        "en",
        "I am from Congo. I got my residence permit after a court case, and since then there is no more money "
        "from the Sozialamt. What changes for me now?",
    ),
    (
        "shiva",
        "en",
        "I am from Iran with three children. My husband lives in another town and our redistribution has been open "
        "for six months. My youngest child is hearing impaired and has no kita place. I have no language course, "
        "we live in a shared accommodation and it is all too much for me.",
    ),
    (
        "teklet",
        "en",
        "I come from Eritrea, I am 23 and was just assigned here. I speak hardly any German, I would like to help "
        "and have contacts. In the accommodation I am afraid because of my identity.",
    ),
    (
        "hamza",
        "en",
        "I am from Lebanon, 32. I am heavily burdened after prison, I bet on sports, I have high debts, "
        "and letters from the Jobcenter scare me.",
    ),
    (
        "syrian_father",
        "ar",
        "أنا أب لعائلة من سوريا، أريد أن أصبح سائق باص، لغتي الألمانية B1، وأتمنى شقة لعائلتي.",
    ),
    (
        "tatjana",
        "ar",
        "أنا من أوكرانيا وهنا منذ سنة ونصف، عندي شقة ودوام جزئي. أنا معلمة وأريد الاعتراف بشهاداتي.",
    ),
    (
        "fernando",
        "ar",
        "أنا من الكونغو، حصلت على الإقامة بعد المحكمة، ومن وقتها ما في مصاري من السوسيال. شو بيتغير هلق؟",
    ),
    (
        "shiva",
        "ar",
        "أنا من إيران وعندي ثلاثة أطفال، زوجي في مدينة أخرى وطلب النقل مفتوح من ستة أشهر. ابني الصغير ضعيف السمع "
        "وما عنده مكان بالروضة، وما عندي كورس لغة، ساكنين بسكن مشترك وتعبت كتير.",
    ),
    (
        "teklet",
        "ar",
        "أنا من إريتريا عمري ٢٣، حولوني لهون جديد. بحكي ألماني شوي شوي، حابب ساعد الناس وأتعرف على عالم. "
        "وبالسكن عندي خوف بسبب هويتي.",
    ),
    (
        "hamza",
        "ar",
        "أنا من لبنان عمري ٣٢، تعبان نفسياً بعد السجن، بلعب مراهنات رياضية، عليي ديون كبيرة ورسائل الجوب سنتر بتخوفني.",
    ),
]


@pytest.mark.parametrize(("story", "language", "text"), TOLD, ids=[f"{story}-{tag}" for story, tag, _ in TOLD])
def test_each_golden_story_gives_the_needs_of_its_facts(story: str, language: str, text: str) -> None:
    assert needs(text, language) == GOLDEN[story]
    assert urgent(text, language) is None


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("five of us in one room, landlords never answer", "housing_search"),
        ("Wohnungssuhe", "housing_search"),
        ("WOHNUNG", "housing_search"),
        ("auslaenderbehoerde antwortet nicht wegen meiner Karte", "residence_permit"),
        ("انا بدي Wohnung", "housing_search"),
        ("الجوب سنتر قطع عني المصاري", "livelihood_benefits"),
        ("عايز اتعلم ألماني", "german_course"),
    ],
)
def test_indirect_mistyped_and_mixed_messages_are_understood(text: str, topic: str) -> None:
    assert topic in needs(text)


@pytest.mark.parametrize(
    "text",
    ["I need help", "hello", "ok", "Hilfe", "Wetter heute?", "مرحبا", "بدي مساعدة", "who won the match", "", "??"],
)
def test_a_vague_message_gives_no_need(text: str) -> None:
    found = a_recogniser().recognise(text)
    assert found.needs == ()
    assert found.urgent is None
    assert found.vague


def test_every_need_names_its_words_as_they_were_typed() -> None:
    (need,) = a_recogniser().recognise("Mein Sohn findet keinen KITA-Platz!!", "de").needs
    assert need.topic == "childcare_early_education"
    assert "KITA-Platz" in need.words
    assert SAY <= need.score <= 1


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Wir wohnen zu fünft in einem Zimmer, helft mir", "de", ("wohnen zu fünft in einem Zimmer",)),
        ("نحنا خمسة عايشين بغرفة وحدة", "ar", ("خمسة عايشين بغرفة وحدة",)),
    ],
)
def test_words_that_stand_together_are_quoted_in_one_piece(text: str, language: str, words: tuple[str, ...]) -> None:
    (need,) = a_recogniser().recognise(text, language).needs
    assert need.topic == "housing_search"
    assert need.words == words


def test_several_needs_in_one_message_are_all_found() -> None:
    assert {"debt", "german_course"} <= needs("Ich habe Schulden. Und ich suche einen Deutschkurs.", "de")


def test_a_denied_need_is_no_need() -> None:
    assert "debt" not in needs("Ich habe keine Schulden, ich suche Freunde", "de")


def test_three_candidates_are_offered_where_nothing_is_sure() -> None:
    text = "es geht irgendwie um Geld und vielleicht um die Schule und das mit der Wohnung von damals"
    assert 0 < len(a_recogniser().candidates(text, "de")) <= 3


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mein Mann schlägt mich", Urgent.VIOLENCE),
        ("my father can't breathe", Urgent.MEDICAL),
        ("ich will nicht mehr leben", Urgent.SELF_HARM),
        ("I want to kill myself", Urgent.SELF_HARM),
        ("زوجي بيضربني", Urgent.VIOLENCE),
        ("بدي موت", Urgent.SELF_HARM),
        ("ابني ما عم يتنفس", Urgent.MEDICAL),
        ("two years ago he hit me once, now he beats me again", Urgent.VIOLENCE),
    ],
)
def test_an_emergency_is_seen(text: str, kind: Urgent) -> None:
    found = a_recogniser().recognise(text)
    assert found.urgent is kind
    assert found.urgent_words


@pytest.mark.parametrize(
    "text",
    [
        "my headache was bad last year",
        "I'm dying to learn German",
        "the rent kills me",
        "was violent war in my country",
        "Die Miete bringt mich um",
        "unsere Mannschaft hat gestern 3:0 geschlagen",
        "الايجار قاتلني",
        "ميت من الجوع",
    ],
)
def test_what_only_looks_like_an_emergency_raises_no_alarm(text: str) -> None:
    assert urgent(text) is None


def told(raised: Alarm | None) -> tuple[Urgent, set[int]] | None:
    return (raised.kind, {*raised.places}) if raised else None


def test_what_only_leans_to_an_emergency_is_a_worry_and_no_alarm() -> None:
    def lean(kind: Urgent, share: float) -> Lean:
        return Lean(label=kind, share=share, tipped_by=lambda _: frozenset({0}))

    words = tokens("er macht mir das Leben schwer")
    faint, clear = [lean(Urgent.VIOLENCE, DOUBT)], [lean(Urgent.VIOLENCE, CLEAR)]
    assert (alarm(words, [], faint), worry(words, [], faint)) == (None, Urgent.VIOLENCE)
    assert told(alarm(words, [], clear)) == (Urgent.VIOLENCE, {0})
    assert worry(words, [], [lean(Urgent.MEDICAL, DOUBT / 2)]) is None
    assert worry(tokens("und mein Bruder kommt"), [], clear) is None


def test_a_phrase_that_the_message_speaks_against_is_a_worry_and_no_alarm() -> None:
    words = tokens("er schlägt mich beim Schach jeden Sonntag im Park")
    phrase = Phrase(kind=Kind.URGENT, name="violence", weight=1.0, slots=(), barred=())
    hits = [Hit(phrase=phrase, places=frozenset({1, 2}), sure=1.0)]
    against = [Lean(label="social_participation", share=0.9, tipped_by=lambda _: frozenset({4}))]
    backed = [*against, Lean(label="medical", share=BACKED, tipped_by=lambda _: frozenset({1}))]
    assert told(alarm(words, hits)) == told(alarm(words, hits, backed)) == (Urgent.VIOLENCE, {1, 2})
    assert (alarm(words, hits, against), worry(words, hits, against)) == (None, Urgent.VIOLENCE)
    assert alarm(words[:FEW_WORDS], hits, against) is not None
    about = [Lean(label="violence_protection", share=ABOUT_VIOLENCE, tipped_by=lambda _: frozenset({1}))]
    assert told(alarm(words, hits, about)) == told(alarm(words, hits))
    assert alarm(words * 8, hits, against) is not None  # only the beginning of so many words was looked at


def test_a_wish_to_die_needs_less_to_be_an_alarm_and_is_never_passed_over() -> None:
    words = tokens("sie sagt im Theater jeden Abend dass sie nicht mehr leben will")
    phrase = Phrase(kind=Kind.URGENT, name="self_harm", weight=1.0, slots=(), barred=())
    hits = [Hit(phrase=phrase, places=frozenset({7, 8, 9}), sure=1.0)]
    faint = [Lean(label="self_harm", share=BACKED_WISH - 0.01, tipped_by=lambda _: frozenset({9}))]
    enough = [Lean(label="self_harm", share=BACKED_WISH, tipped_by=lambda _: frozenset({9}))]
    assert (alarm(words, hits, faint), worry(words, hits, faint)) == (None, Urgent.SELF_HARM)
    assert told(alarm(words, hits, enough)) == (Urgent.SELF_HARM, {7, 8, 9})


def test_in_a_few_words_only_a_very_clear_leaning_raises_the_alarm() -> None:
    words = tokens("er ist wieder da")
    assert alarm(words, [], [Lean(label="violence", share=CLEAR, tipped_by=lambda _: frozenset({0}))]) is None
    assert alarm(words, [], [Lean(label="violence", share=VERY_CLEAR, tipped_by=lambda _: frozenset({0}))]) is not None


def test_a_message_that_raises_the_alarm_is_no_mere_worry() -> None:
    found = a_recogniser().recognise("ich will nicht mehr leben", "de")
    assert (found.urgent, found.worry) == (Urgent.SELF_HARM, None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ich suche eine Wohnung für meine Familie", "de"),
        ("my son has no place in school", "en"),
        ("ابني ما عندو مدرسة", "ar"),
        ("پسرم جا در مدرسه ندارد", "fa"),
        ("szukam mieszkania dla rodziny", "pl"),
        ("ищу квартиру для семьи, мы на улице", "ru"),
        ("шукаю квартиру для родини, ми на вулиці", "uk"),
        ("çocuğum için okul arıyorum", "tr"),
        ("busco un piso para mi familia", "es"),
        ("bdi shghel w ma m3i waraa2 kif b2addem talab", "ar"),
        ("man donbale khane migardam baraye khanevadeam", "fa"),
        ("ya ishchu rabotu no u menya net dokumentov", "ru"),
        ("je cherche un appartement pour ma famille", None),
        ("Търся жилище за моето семейство", None),
        ("我在找房子", None),
        ("ja ok", None),
        ("", None),
    ],
)
def test_the_language_of_a_message_is_guessed_or_left_open(text: str, language: str | None) -> None:
    assert a_recogniser().recognise(text).language == language


def test_arabic_in_latin_letters_is_met_halfway() -> None:
    assert "housing_search" in needs("badi sha22a", "ar") | needs("bdawer 3ala bet", "ar") | needs("ejar ghali", "ar")


def test_a_table_with_an_unknown_topic_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"xx: topic: 'hausing' is not known; allowed are"):
        read_lexicon({"xx": {"topic": {"hausing": {"phrases": "haus"}}}})


def test_a_phrase_with_an_unknown_group_is_refused_with_its_place() -> None:
    with pytest.raises(ValueError, match=r"xx: topic\.debt\.weak: in .\{money\}.: the group 'money' is not there"):
        read_lexicon({"xx": {"groups": {"home": "haus"}, "topic": {"debt": {"weak": "{money}"}}}})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ich suche eine Wohnung"),
        ("ru", "ищу квартиру"),
        ("uk", "шукаю квартиру"),
        ("ar", "أبحث عن بيت للإيجار"),
        ("fa", "دنبال خانه می‌گردم"),
    ],
)
def test_a_word_without_end_is_cut_and_the_words_around_it_are_read(language: str, text: str) -> None:
    endless = "poma" * 5000
    (word,) = tokens(endless)
    assert word.raw == endless
    assert len(word.folded) == LONGEST_WORD
    assert all(len(token.folded) <= LONGEST_WORD for one in ("ru", "uk") for token in in_cyrillic(one, tokens(endless)))
    assert needs(f"{text}, {endless}", language) >= needs(text, language) == {"housing_search"}
    assert a_recogniser().recognise(endless, language).needs == ()


def test_a_language_is_read_when_it_is_needed_and_only_once() -> None:
    made: list[str] = []

    def made_of(language: str) -> Table:
        made.append(language)
        return read_words(language, table(language))

    lazily = Lazily({language: partial(made_of, language) for language in ("de", "en", "ar")})
    recogniser = Recogniser(Lexicon(lazily), read_known_languages())
    for _ in range(2):
        assert recogniser.recognise("Ich suche eine Wohnung", "de").needs
    assert made == ["de"]
    recogniser.read_all()
    assert sorted(made) == ["ar", "de", "en"]


def test_two_people_who_write_at_once_wait_for_the_same_table() -> None:
    made: list[int] = []

    def slowly() -> int:
        started.wait(1)
        made.append(1)
        return 1

    started = Event()
    lazily = Lazily({"de": slowly})
    threads = [Thread(target=lazily.__getitem__, args=("de",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    started.set()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_without_weights_the_tables_alone_still_find_needs() -> None:
    tables = {"de": table("de")}
    plain = Recogniser(read_lexicon(tables), read_known_languages())
    assert "housing_search" in {need.topic for need in plain.recognise("Ich suche eine Wohnung", "de").needs}


def test_a_leaning_names_words_of_the_message() -> None:
    text = "Mein Onkel verwettet jeden Cent auf Pferde und die Bilder vom Boot kommen jede Nacht"
    for need in a_recogniser().candidates(text, "de"):
        assert need.words
        assert all(words in text for words in need.words)


def test_a_wish_for_one_thing_does_not_lean_to_another_by_its_verb() -> None:
    assert needs("I am looking for a flat", "en") == {"housing_search"}
    assert needs("I am looking for work", "en") == {"work_employment"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Wir suchen eine größere Wohnung, ich habe Schulden und brauche einen Deutschkurs."),
        ("tr", "Daha büyük bir ev arıyoruz, borçlarım var ve Almanca kursuna ihtiyacım var."),
    ],
)
def test_the_items_of_a_list_need_not_back_each_other(language: str, text: str) -> None:
    assert needs(text, language) == {"housing_search", "debt", "german_course"}


def test_a_phrase_that_the_rest_of_the_message_speaks_against_is_no_need() -> None:
    named = [NeedFound("debt", 0.92, lambda: ("debts",), frozenset({3}))]
    text = "my brother wrote debts on the wall of the school where all children read it"
    message = Message(text, tokens(text))
    rival = Lean(label="school_education", share=0.9, tipped_by=lambda _: frozenset({9}))

    def said(share: float) -> float:
        leaning = [rival, Lean(label="debt", share=share, tipped_by=lambda _: frozenset({3}))]
        return next((need.score for need in weighed(message, named, leaning, SCALES) if need.topic == "debt"), 0)

    assert said(0.1) < SAY <= said(0.3)


def test_weights_for_other_languages_are_refused() -> None:
    arrays = {"labels": np.array([*TAGS[1:], "fr"]), "weights": np.zeros((PIECES, len(TAGS)), np.int8)}
    with pytest.raises(ValueError, match="they differ from those of the bot; train again"):
        read_languages(arrays)


def test_weights_for_other_topics_are_refused() -> None:
    arrays = {"labels": np.array([*LEANINGS[1:], "gone"]), "weights": np.zeros((PIECES, len(LEANINGS)), np.int8)}
    with pytest.raises(ValueError, match="the labels differ from the topics; train again"):
        read_weights(arrays)


def test_reading_leaves_no_cycles_behind() -> None:
    recogniser = a_recogniser()
    for _, language, text in TOLD:  # the tables are read now
        recogniser.recognise(text, language)
    gc.collect()
    gc.disable()
    try:
        for _, language, text in TOLD:
            recogniser.recognise(text, language)
            recogniser.candidates(text)
        assert gc.collect() == 0
    finally:
        gc.enable()
