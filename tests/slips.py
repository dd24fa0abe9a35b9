"""Every slip of one letter in a name: left out, doubled, swapped with the next, or replaced."""

from __future__ import annotations

from collections.abc import Iterator

LATIN = "qwertzuiopasdfghjklyxcvbnm"
CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбю"
ARABIC = "ضصثقفغعهخحجدشسيبلاتنمكطئءرؤىةوزظ"


def slips(name: str) -> Iterator[str]:
    """All spellings one slip away, in a fixed order; a replaced letter becomes its neighbour on the keyboard."""
    for place, letter in enumerate(name):
        if letter.isalpha():
            yield name[:place] + name[place + 1 :]
            yield name[:place] + letter + name[place:]
            if place + 1 < len(name) and name[place + 1].isalpha() and name[place + 1] != letter:
                yield name[:place] + name[place + 1] + letter + name[place + 2 :]
            yield name[:place] + _neighbour(letter) + name[place + 1 :]


def _neighbour(letter: str) -> str:
    for keys in (LATIN, CYRILLIC, ARABIC):
        if (at := keys.find(letter.lower())) >= 0:
            return keys[at - 1 if at else 1]
    return "e"
