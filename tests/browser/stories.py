"""What residents type in each language, from the need to the appointment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What somebody types in their own language, and a word that shows that they are answered in it."""

    language: str
    locale: str
    town: str
    need: str
    more: str
    appointment: str
    wrong: str = "german_course"
    direction: str = "ltr"


STORIES: Final = {
    "de": Story(
        language="de",
        locale="de-DE",
        town="Kürten",
        need="Wir suchen eine größere Wohnung, ich habe Schulden und brauche einen Deutschkurs.",
        more="Ich habe Probleme mit meinem Aufenthaltstitel",
        appointment="Termin",
    ),
    "en": Story(
        language="en",
        locale="en-GB",
        town="kurten",
        need="We are looking for a bigger flat, I have debts and I need a German course.",
        more="my residence permit ends soon",
        appointment="appointment",
    ),
    "ar": Story(
        language="ar",
        locale="ar-SY",
        town="كورتن",
        need="نبحث عن شقة أكبر وعندي ديون وأحتاج إلى دورة لغة ألمانية",
        more="إقامتي تنتهي قريبًا",
        appointment="موعد",
        direction="rtl",
    ),
    "es": Story(
        language="es",
        locale="es-ES",
        town="Kuerten",
        need="Buscamos un piso más grande, tengo deudas y necesito un curso de alemán.",
        more="mi permiso de residencia caduca pronto",
        appointment="cita",
    ),
    "fa": Story(
        language="fa",
        locale="fa-IR",
        town="کورتن",
        need="دنبال خانهٔ بزرگ‌تر می‌گردیم، قرض دارم و کورس زبان آلمانی لازم دارم",
        more="اقامتم زود تمام می‌شود",
        appointment="وقت",
        direction="rtl",
    ),
    "pl": Story(
        language="pl",
        locale="pl-PL",
        town="kurten",
        need="Szukamy większego mieszkania, mam długi i potrzebuję kursu niemieckiego.",
        more="kończy mi się karta pobytu",
        appointment="[Tt]ermin",
    ),
    "ru": Story(
        language="ru",
        locale="ru-RU",
        town="Кюртен",
        need="Мы ищем квартиру побольше, у меня долги и мне нужны курсы немецкого.",
        more="скоро закончится мой вид на жительство",
        appointment="[Вв]стреч|[Зз]апис|[Пп]рием|[Пп]риём",
    ),
    "tr": Story(
        language="tr",
        locale="tr-TR",
        town="Kürten",
        need="Daha büyük bir ev arıyoruz, borçlarım var ve Almanca kursuna ihtiyacım var.",
        more="oturma iznim yakında bitiyor",
        appointment="[Rr]andevu",
    ),
    "uk": Story(
        language="uk",
        locale="uk-UA",
        town="Кюртен",
        need="Шукаємо більшу квартиру, маю борги і мені потрібні курси німецької.",
        more="скоро закінчується мій дозвіл на проживання",
        appointment="[Зз]устріч|[Зз]апис|[Пп]рийом",
    ),
}
