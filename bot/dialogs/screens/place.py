"""Where the person lives: typed in any script, or chosen from a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.dialogs.screen import Choice, Screen, Step, View, always, buttons
from bot.i18n.text import Text, _, data
from bot.places.find import Choose, Found, NotFound, Outside, find_place
from bot.understanding.recognise import Recognition
from bot.vocabulary.facts import County

COUNTY_NAMES: Final = {
    County.RSK: data("Rhein-Sieg-Kreis"),
    County.RBK: data("Rheinisch-Bergischer Kreis"),
}


def place_name(view: View, municipality: str) -> Text:
    """The German name of a municipality, as it stands on signs and letters."""
    return data(view.know.gazetteer.municipalities[municipality].name)


def living_in(view: View, municipality: str) -> Step:
    """Remember the municipality and ask for the need, or go back to where the place was changed."""
    county = County(view.know.gazetteer.municipalities[municipality].county)
    facts = replace(view.facts, municipality=municipality, county=county)
    after = "need" if not view.facts.needs else "need.understood"
    return view.go(after, facts=facts, places=())


def _hears(view: View, text: str, recognition: Recognition) -> Step:
    match find_place(text, view.know.gazetteer, view.know.county):
        case Found(municipality, sure=True):
            return living_in(view, municipality)
        case Found(municipality):
            return view.go("place.which", places=(municipality,))
        case Choose(candidates):
            return view.go("place.which", places=tuple(candidates))
        case Outside():
            return view.go("place.outside")
        case NotFound():
            return view.stay(_("I did not find this place. Please write it again, or choose your town from a list."))


def _towns(county: County) -> Callable[[View], tuple[Choice, ...]]:
    def choices(view: View) -> tuple[Choice, ...]:
        towns = [town for town in view.know.gazetteer.municipalities.values() if town.county == county]
        here = [_town(view, town.id) for town in sorted(towns, key=lambda town: town.name)]
        return (*here, Choice("elsewhere", _("My town is not in this list"), "place.outside"))

    return choices


def _town(view: View, municipality: str) -> Choice:
    return Choice(municipality, place_name(view, municipality), lambda view: living_in(view, municipality))


def _which(view: View) -> tuple[Text, ...]:
    if len(view.session.places) == 1:
        return (_("Do you live in {town}?", town=place_name(view, view.session.places[0])),)
    return (_("There are several places with this name. Which one is yours?"),)


def _candidates(view: View) -> tuple[Choice, ...]:
    towns = tuple(_town(view, municipality) for municipality in view.session.places)
    return (*towns, Choice("none_of_these", _("No, another place"), "place"))


_ASKS: Final = (
    _("Where do you live? Please write your town, your part of town or your postal code."),
    _("You can write in your language. Mistakes do not matter."),
)
_LISTS: Final = (
    Choice("rsk", _("Towns in {county}", county=COUNTY_NAMES[County.RSK]), "place.list.rsk"),
    Choice("rbk", _("Towns in {county}", county=COUNTY_NAMES[County.RBK]), "place.list.rbk"),
)
_OUTSIDE: Final = (
    _(
        "I only know the places in {rsk} and {rbk}. Your place is not one of them, so I cannot book a meeting for you.",
        rsk=COUNTY_NAMES[County.RSK],
        rbk=COUNTY_NAMES[County.RBK],
    ),
    _(
        "Please go to the town hall (Rathaus) of your town and ask for the {service}. "
        "It is free advice for people who have come to Germany, and there is one in nearly every county.",
        service=data("Migrationsberatung"),
    ),
)

SCREENS: Final = (
    Screen(
        id="place",
        says=always(*_ASKS),
        choices=buttons(*_LISTS, Choice("elsewhere", _("I live somewhere else"), "place.outside")),
        hears=_hears,
        parent="consent",
        step=3,
    ),
    *(
        Screen(
            id=f"place.list.{county}",
            says=always(_("Please choose your town.")),
            choices=_towns(county),
            hears=_hears,
            parent="place",
            step=3,
        )
        for county in County
    ),
    Screen(id="place.which", says=_which, choices=_candidates, hears=_hears, parent="place", step=3),
    Screen(
        id="place.outside",
        says=always(*_OUTSIDE),
        choices=buttons(Choice("again", _("I want to enter another place"), "place"), *_LISTS),
        hears=_hears,
        parent="place",
        step=3,
    ),
)
