"""What people write in Russian gives their needs and tells an emergency from what only sounds like one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.app.recogniser import read_recogniser
from bot.understanding.lexicon import Urgent
from bot.understanding.recognise import Recogniser

TABLES = Path(__file__).resolve().parents[2] / "bot" / "understanding" / "tables"


@cache
def a_recogniser() -> Recogniser:
    return read_recogniser()


def needs(text: str) -> set[str]:
    return {need.topic for need in a_recogniser().recognise(text, "ru").needs}


def urgent(text: str) -> Urgent | None:
    return a_recogniser().recognise(text, "ru").urgent


@pytest.mark.parametrize(
    ("told", "topic"),
    [
        ("Живём впятером в однушке, хозяин не отвечает", "housing_search"),
        ("Джобцентр второй месяц ничего не перечисляет", "livelihood_benefits"),
        ("Социаламт больше не платит, а джобцентр ещё не начал", "benefit_transition"),
        ("Нам отрубили свет за неуплату", "debt"),
        ("Ауслендербехёрде не отвечает, карточка заканчивается", "residence_permit"),
        ("Сдали пальцы в Польше и теперь хотят нас туда отправить", "asylum_procedure_legal"),
        ("Мама осталась одна в Харькове, хочу забрать её к себе", "family_reunification"),
        ("Малыша не с кем оставить, в ките нет мест", "childcare_early_education"),
        ("Сын 15 лет не слушается, курит и хамит", "family_parenting_youth"),
        ("закрою глаза и снова обстрел, не сплю", "mental_health_addiction"),
        ("Бабушка не встаёт, ухаживаю за ней одна", "disability_care_needs"),
        ("Из-за платка меня не взяли на работу", "discrimination"),
    ],
)
def test_what_is_told_to_a_neighbour_gives_the_topic(told: str, topic: str) -> None:
    assert topic in needs(told)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (
            "Я из Сирии, отец семейства, хочу стать водителем автобуса, немецкий б1 есть. "
            "И мечтаем о квартире для семьи.",
            {"work_employment", "housing_search"},
        ),
        (
            "Я из Украины, здесь полтора года, жильё и работа на полставки есть. По профессии учительница, "
            "хочу чтобы признали мой диплом.",
            {"recognition_qualifications"},
        ),
        (
            "Я из Конго. Суд мне помог, дали вид на жительство, и с тех пор социаламт больше не платит, денег нет. "
            "Что теперь меняется?",
            {"benefit_transition", "livelihood_benefits", "residence_permit"},
        ),
        (
            "Я из Ирана, трое детей, муж в другом городе, перевод к нему рассматривают уже шесть месяцев. "
            "Младшая плохо слышит, и места в садике нет. На курс немецкого я не хожу. Живём в общежитии, "
            "я больше не справляюсь.",
            {"residence_permit", "childcare_early_education", "disability_care_needs", "german_course"},
        ),
        (
            "Мне 23, я из Эритреи, меня только что распределили сюда. Почти не говорю по-немецки, хочу помогать людям "
            "и найти друзей. В общежитии мне страшно из-за того, кто я есть.",
            {"violence_protection", "german_course", "social_participation"},
        ),
        (
            "Мне 32, я из Ливана. После тюрьмы мне очень тяжело, играю на ставках, долги огромные. "
            "Писем из джобцентра боюсь.",
            {"mental_health_addiction", "debt", "livelihood_benefits"},
        ),
    ],
)
def test_the_golden_stories_give_the_needs_of_their_facts(told: str, wanted: set[str]) -> None:
    assert needs(told) == wanted


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("мама потеряла сознание и не дышит", Urgent.MEDICAL),
        ("малыш проглотил батарейку", Urgent.MEDICAL),
        ("он схватил нож и ломится в дверь", Urgent.VIOLENCE),
        ("брат сказал что зарежет меня", Urgent.VIOLENCE),
        ("не хочу больше просыпаться", Urgent.SELF_HARM),
        ("всем без меня будет легче", Urgent.SELF_HARM),
    ],
)
def test_an_emergency_is_heard(told: str, kind: Urgent) -> None:
    assert urgent(told) is kind


@pytest.mark.parametrize(
    "told",
    [
        "умираю со смеху",
        "телефон умер, батарея села",
        "наши побили рекорд",
        "в этой общаге жить не хочу",
        "дед погиб на войне",
    ],
)
def test_what_only_sounds_like_an_emergency_is_none(told: str) -> None:
    assert urgent(told) is None


@pytest.mark.parametrize("told", ["Здравствуйте, помогите пожалуйста", "Какая завтра погода?", "курс доллара"])
def test_small_talk_gives_no_topic(told: str) -> None:
    assert needs(told) == set()
