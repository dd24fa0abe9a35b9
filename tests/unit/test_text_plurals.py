"""The frozen plural rules say the same as CLDR."""

from __future__ import annotations

import pytest
from babel import Locale

from bot.i18n.languages import LANGUAGES
from bot.i18n.plurals import HEADERS, forms, rule

#: CLDR's categories in the order of the forms. Spanish "many" is for millions, which nobody is told here.
ORDER = {
    "ar": ("zero", "one", "two", "few", "many", "other"),
    "pl": ("one", "few", "many"),
    "ru": ("one", "few", "many"),
    "uk": ("one", "few", "many"),
}
NUMBERS = (0, 1, 2, 3, 5, 10, 11, 12, 14, 20, 21, 22, 25, 99, 100, 101, 102, 103, 111, 112, 121, 1000)


@pytest.mark.parametrize("tag", [language.tag for language in LANGUAGES])
def test_each_number_takes_the_form_that_cldr_gives_it(tag: str) -> None:
    order = ORDER.get(tag, ("one", "other"))
    category = Locale(tag).plural_form
    assert [order[rule(tag)(n)] for n in NUMBERS] == [category(n) for n in NUMBERS]


def test_every_form_is_used_by_some_number() -> None:
    for tag in HEADERS:
        assert {rule(tag)(n) for n in NUMBERS} == set(range(forms(tag)))
