"""Everyday answers never bring the emergency numbers. (The typed words of a button are that button.)"""

from __future__ import annotations

import pytest

from bot.i18n.languages import LANGUAGES
from tests.talk import premises

EVERYDAY = {
    "de": "Ja. Nein. Danke schön. Ja, ich komme. Ich komme am Montag. Bis morgen! Das passt mir. Wie geht es Ihnen?",
    "ar": "نعم. لا. شكرًا جزيلًا. نعم، سآتي. سآتي يوم الاثنين. إلى اللقاء! هذا يناسبني. كيف حالكم؟",
    "en": "Yes. No. Thank you. Yes, I come. I come on Monday. See you tomorrow! That suits me. How are you?",
    "es": "Sí. No. Muchas gracias. Sí, voy. Voy el lunes. ¡Hasta mañana! Me viene bien. ¿Cómo está?",
    "fa": "بله. نه. تشکر. بله، می‌آیم. روز دوشنبه می‌آیم. تا فردا! برای من خوب است. شما چطور هستید؟",
    "pl": "Tak. Nie. Dziękuję bardzo. Tak, przyjdę. Przyjdę w poniedziałek. Do jutra! To mi pasuje. Co słychać?",
    "ru": "Да. Нет. Большое спасибо. Да, я приду. Я приду в понедельник. До завтра! Мне подходит. Как дела?",
    "tr": "Evet. Hayır. Çok teşekkürler. Evet, gelirim. Pazartesi gelirim. Yarın görüşürüz! Bana uyar. Nasılsınız?",
    "uk": "Так. Ні. Дуже дякую. Так, я прийду. Я прийду в понеділок. До завтра! Мені підходить. Як справи?",
}


def sentences(text: str) -> list[str]:
    for mark in "!?؟¿¡":
        text = text.replace(mark, ".")
    return [part.strip() for part in text.split(".") if part.strip()]


@pytest.mark.parametrize("language", [language.tag for language in LANGUAGES])
def test_an_everyday_answer_is_no_emergency(language: str) -> None:
    recogniser = premises().house.recogniser
    alarming = [one for one in sentences(EVERYDAY[language]) if recogniser.recognise(one, language).urgent]
    assert alarming == []
