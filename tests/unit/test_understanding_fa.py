"""Persian of Iran and Dari of Afghanistan are understood, spoken and written."""

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
        ("پنج نفریم تو یه اتاق، صاحبخونه ها جواب نمیدن", {"housing_search"}),
        ("تا آخر ماه پیسه نمی‌ماند، نان خریده نمی‌تانم", {"livelihood_benefits"}),
        ("قبولی گرفتیم ولی سوسیال پول را قطع کرد و جاب‌سنتر هنوز نمی‌دهد", {"benefit_transition"}),
        ("مكتوب آمده نميفهمم چی نوشته", {"official_letters_forms"}),
        ("زنم در کابل مانده میخواهم بیارمش", {"family_reunification"}),
        ("پسرم مکتب نمیره جای نیس", {"school_education"}),
        ("دندانم درد میکند داکتر پیدا نمیشه", {"health_care"}),
        ("شب ها خوابم نمیبره کابوس میبینم", {"mental_health_addiction"}),
        ("بخاطر حجابم بهم کار نمیدن", {"discrimination"}),
        ("pool nadaram", {"livelihood_benefits"}),
    ],
)
def test_a_need_told_as_to_a_neighbour_is_found(recogniser: Recogniser, text: str, wanted: set[str]) -> None:
    assert wanted <= {need.topic for need in recogniser.recognise(text, "fa").needs}


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (
            "پدر خانواده ام از سوریه، آلمانی ام B1 است. میخواهم راننده اتوبوس شوم. برای خانواده ام خانه میخواهم.",
            {"work_employment", "housing_search"},
        ),
        (
            "از اوکراین هستم، یک سال و نیم است اینجا. خانه و کار نیمه وقت دارم. معلم بودم، میخواهم مدرکم تایید شود.",
            {"recognition_qualifications"},
        ),
        (
            "از کنگو هستم. بعد از دادگاه اقامت گرفتم. از آن وقت سوسیال دیگر پول نمیدهد. حالا چه تغییر میکند؟",
            {"benefit_transition"},
        ),
        (
            "ایرانی هستم با سه بچه. شوهرم در شهر دیگر است، شش ماه است منتظر انتقال هستیم. "
            "بچه کوچکم خوب نمیشنود و جای کودکستان ندارد. کلاس زبان هم ندارم.",
            {"residence_permit", "childcare_early_education", "disability_care_needs", "german_course"},
        ),
        (
            "از اریتره هستم، تازه آمدم. آلمانی بلد نیستم. میخواهم به دیگران کمک کنم و دوست پیدا کنم. "
            "در کمپ به خاطر هویتم میترسم.",
            {"violence_protection", "german_course", "social_participation"},
        ),
        (
            "از لبنان هستم. در زندان بودم و حالم خراب است. شرط بندی میکنم و قرض زیاد دارم. "
            "از نامه های جاب سنتر میترسم.",
            {"mental_health_addiction", "debt", "livelihood_benefits"},
        ),
    ],
)
def test_the_told_cases_give_their_needs(recogniser: Recogniser, told: str, wanted: set[str]) -> None:
    assert wanted <= {need.topic for need in recogniser.recognise(told, "fa").needs}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("شویم مره لت میکنه", Urgent.VIOLENCE),
        ("یکی با چاقو پشت دره", Urgent.VIOLENCE),
        ("دیگه نمیخوام زنده باشم", Urgent.SELF_HARM),
        ("بچم نفس نمیکشه", Urgent.MEDICAL),
        ("از خنده مردم", None),
        ("عصر بهت زنگ میزنم", None),
    ],
)
def test_an_emergency_is_heard_and_a_figure_of_speech_is_not(
    recogniser: Recogniser, text: str, wanted: Urgent | None
) -> None:
    assert recogniser.recognise(text, "fa").urgent is wanted
