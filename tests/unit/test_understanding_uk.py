"""Ukrainian is understood: literary, surzhyk, with German office words in Cyrillic, and in Latin letters."""

from __future__ import annotations

import pytest

from bot.app.recogniser import read_recogniser
from bot.understanding.lexicon import Urgent
from bot.understanding.recognise import Recogniser


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return read_recogniser()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Нас п'ятеро в одній кімнаті, а ті, хто здає, ніколи не відповідають.", {"housing_search"}),
        ("джоб не заплатив, їсти нема що", {"livelihood_benefits"}),
        ("соціал каже йдіть в джоб, джоб каже йдіть в соціал", {"benefit_transition"}),
        ("Посвідка за § 24 дійсна до березня, що робити далі?", {"residence_permit"}),
        ("пісьмо прийшло з фінансамту не понімаю що хочуть", {"official_letters_forms"}),
        ("як зробити анмельдунг без договору", {"identity_documents_account"}),
        ("нема з ким дитину оставить", {"childcare_early_education"}),
        ("не сплю ночами, сняться обстріли", {"mental_health_addiction"}),
        ("хати нема грошей нема", {"housing_search", "livelihood_benefits"}),
        ("shukaju robotu", {"work_employment"}),
    ],
)
def test_a_need_told_as_to_a_neighbour_is_found(recogniser: Recogniser, text: str, wanted: set[str]) -> None:
    assert wanted <= {need.topic for need in recogniser.recognise(text, "uk").needs}


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (
            "Я батько родини з Сирії. Хочу стати водієм автобуса, маю Б1. Шукаю квартиру для сім'ї.",
            {"work_employment", "housing_search"},
        ),
        (
            "Я вчителька з України, квартира і пів ставки вже є, хочу, щоб визнали мій диплом.",
            {"recognition_qualifications"},
        ),
        ("Отримав титул через суд, відтоді соціаламт не платить. Що тепер змінюється?", {"benefit_transition"}),
        (
            "Чоловік живе в іншому місті, чекаємо умфертайлунг пів року. Молодша донька погано чує, "
            "місця в садочку нема. На курс німецької я не потрапила.",
            {"residence_permit", "disability_care_needs", "childcare_early_education", "german_course"},
        ),
        (
            "Боюся в гуртожитку, бо сусіди дізналися, що я гей. Німецьку майже не знаю. Хотів би допомагати людям.",
            {"violence_protection", "german_course", "social_participation"},
        ),
        (
            "Після тюрми не сплю, граю на ставки, великі борги. Листи від джобцентру мене лякають, боюся їх.",
            {"mental_health_addiction", "debt", "livelihood_benefits"},
        ),
    ],
)
def test_the_golden_stories_give_their_needs(recogniser: Recogniser, told: str, wanted: set[str]) -> None:
    assert wanted <= {need.topic for need in recogniser.recognise(told, "uk").needs}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("мама не дихає", Urgent.MEDICAL),
        ("сусід ломиться в двері", Urgent.VIOLENCE),
        ("краще б я не прокинулась", Urgent.SELF_HARM),
        ("помираю зі сміху з твоїх жартів", None),
        ("Батько загинув ще в Афганістані, царство небесне", None),
    ],
)
def test_an_emergency_is_told_from_its_look_alike(recogniser: Recogniser, text: str, wanted: Urgent | None) -> None:
    assert recogniser.recognise(text, "uk").urgent is wanted


@pytest.mark.parametrize("text", ["Добрий день", "мені 24 роки", "рецепт борщу з пампушками"])
def test_what_tells_no_need_gives_none(recogniser: Recogniser, text: str) -> None:
    assert recogniser.recognise(text, "uk").needs == ()
