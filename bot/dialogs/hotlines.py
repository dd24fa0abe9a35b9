"""What each emergency number is for, in one plain sentence. Numbers and hours stand in counties/hotlines.toml."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.i18n.text import Text, _, data


def hotline_line(id: str, number: str, name: str) -> Text:
    """The sentence of a hotline; a hotline without one shows its number and its German name."""
    sentence = SENTENCES.get(id)
    return sentence(number) if sentence else _("{number}: {name}", number=data(number), name=data(name))


SENTENCES: Final[dict[str, Callable[[str], Text]]] = {
    "emergency_112": lambda n: _("{number}: ambulance and fire service. Free, day and night.", number=data(n)),
    "police_110": lambda n: _("{number}: police. Free, day and night.", number=data(n)),
    "medical_116117": lambda n: _(
        "{number}: doctor when the practices are closed and it is not life-threatening. Free.", number=data(n)
    ),
    "violence_women_116016": lambda n: _(
        "{number}: help for women who suffer violence. Free, anonymous, day and night, also in your language.",
        number=data(n),
    ),
    "telefonseelsorge": lambda n: _(
        "{number}: somebody listens to you when you are in despair. Free, anonymous, day and night, in German.",
        number=data(n),
    ),
    "doweria_ru": lambda n: _("{number}: somebody listens to you in Russian, day and night.", number=data(n)),
    "mutes": lambda n: _(
        "{number}: somebody listens to you, a telephone for Muslims. In German, at times in other languages.",
        number=data(n),
    ),
    "pregnant_0800": lambda n: _(
        "{number}: help for pregnant women in need. Free, anonymous, day and night, in many languages.", number=data(n)
    ),
    "poison_nrw": lambda n: _("{number}: help with poisoning, day and night, in German.", number=data(n)),
    "helpline_ukraine": lambda n: _(
        "{number}: help for families from Ukraine, in Ukrainian and Russian. Monday to Friday, 14 to 17.",
        number=data(n),
    ),
    "children_116111": lambda n: _("{number}: help for children and young people. Free, in German.", number=data(n)),
    "parents": lambda n: _("{number}: help for parents. Free, in German.", number=data(n)),
    "men_violence": lambda n: _("{number}: help for men who suffer violence. Free.", number=data(n)),
    "sexual_abuse": lambda n: _(
        "{number}: help after sexual abuse of children and young people. Free.", number=data(n)
    ),
    "discrimination_ads": lambda n: _("{number}: advice about discrimination. Free.", number=data(n)),
    "gambling": lambda n: _("{number}: help with gambling. Free.", number=data(n)),
}
