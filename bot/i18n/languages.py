"""The nine languages: German for staff and as fallback, and the eight of the county's own material.

Source: domain.md 2.2 (guide to Kita registration of Rhein-Sieg-Kreis, November 2023).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language a resident can choose: BCP 47 tag, its own name, its name in German, direction."""

    tag: str
    name: str
    german_name: str
    direction: Direction = "ltr"

    @property
    def in_a_sentence(self) -> str:
        """Its own name as it is written in the middle of a sentence.

        >>> BY_TAG["ru"].in_a_sentence, BY_TAG["tr"].in_a_sentence
        ('русский', 'Türkçe')
        """
        return self.name.lower() if self.tag in _SMALL_LETTER else self.name


#: These four write the names of languages with a small letter.
_SMALL_LETTER: Final = frozenset({"es", "pl", "ru", "uk"})

LANGUAGES: Final[tuple[Language, ...]] = (
    Language(tag="de", name="Deutsch", german_name="Deutsch"),
    Language(tag="ar", name="العربية", german_name="Arabisch", direction="rtl"),
    Language(tag="en", name="English", german_name="Englisch"),
    Language(tag="es", name="Español", german_name="Spanisch"),
    Language(tag="fa", name="فارسی / دری", german_name="Persisch/Dari", direction="rtl"),
    Language(tag="pl", name="Polski", german_name="Polnisch"),
    Language(tag="ru", name="Русский", german_name="Russisch"),
    Language(tag="tr", name="Türkçe", german_name="Türkisch"),
    Language(tag="uk", name="Українська", german_name="Ukrainisch"),
)
BY_TAG: Final = {language.tag: language for language in LANGUAGES}
GERMAN: Final = BY_TAG["de"]


def language_of(tag: str | None) -> Language | None:
    """The language a client's tag means (`ar-SY` is `ar`, `prs` and `fa-AF` are `fa`), or none.

    >>> language_of("fa-AF").tag
    'fa'
    >>> language_of("xx") is None
    True
    """
    if not tag:
        return None
    primary = tag.replace("_", "-").split("-")[0].lower()
    return BY_TAG.get({"prs": "fa"}.get(primary, primary))
