"""The first screen, and the one behind /language: nine buttons in their own names."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.dialogs.screen import Choice, Screen, Step, View
from bot.i18n.languages import BY_TAG, LANGUAGES, Language, language_of
from bot.i18n.text import Text, data

#: Each in its own language, so they are data and need no catalogue.
ASKS: Final = {
    "de": "Bitte wählen Sie Ihre Sprache.",
    "ar": "يرجى اختيار اللغة.",
    "en": "Please choose your language.",
    "es": "Elija su idioma, por favor.",
    "fa": "لطفاً زبان خود را انتخاب کنید.",
    "pl": "Proszę wybrać język.",
    "ru": "Пожалуйста, выберите язык.",
    "tr": "Lütfen dilinizi seçin.",
    "uk": "Будь ласка, виберіть мову.",
}


def _says(view: View) -> tuple[Text, ...]:
    if view.session.language:
        return (data(ASKS[view.session.language]),)
    return (data("\n".join(ASKS[language.tag] for language in _suggested_first(view))),)


def _choices(view: View) -> tuple[Choice, ...]:
    return tuple(language_choice(language) for language in _suggested_first(view))


def language_choice(language: Language, id: str | None = None) -> Choice:
    """A button that switches to a language, in that language's own name."""
    return Choice(id or language.tag, data(language.name), lambda view: speak(view, language.tag))


def speak(view: View, tag: str) -> Step:
    """Go on in another language: to the welcome at the start, else back to where the person was."""
    session = replace(view.session, language=tag, other_language=None)
    if view.session.screen != "language":
        return Step(session)
    here = View(session=session, know=view.know, now=view.now, matters=view.matters)
    return here.go(session.trail[-1]) if session.trail else here.restart("welcome")


def _suggested_first(view: View) -> tuple[Language, ...]:
    likely = language_of(view.session.language or view.session.client_language)
    if likely is None:
        return LANGUAGES
    return (likely, *(language for language in LANGUAGES if language is not BY_TAG[likely.tag]))


SCREENS: Final = (Screen(id="language", says=_says, choices=_choices, parent="language", step=1, private=False),)
