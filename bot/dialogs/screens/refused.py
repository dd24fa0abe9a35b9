"""Without consent nothing is stored, and everybody still gets the list of regular services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.dialogs.screen import Choice, Screen, View, always, buttons
from bot.dialogs.screens.place import COUNTY_NAMES
from bot.dialogs.targets import service_lines
from bot.i18n.text import Text, _
from bot.vocabulary.facts import County
from bot.vocabulary.topics import CLUSTERS

_CHANGED_MY_MIND: Final = Choice("agree_after_all", _("I want to agree after all"), "consent")


def _county_screen(county: County) -> Screen:
    groups = tuple(Choice(cluster, label, f"refused.{county}.{cluster}") for cluster, label in CLUSTERS.items())
    return Screen(
        id=f"refused.{county}",
        says=always(_("Which topic is it about? Nothing is stored.")),
        choices=buttons(*groups, _CHANGED_MY_MIND),
        parent="refused",
        private=False,
    )


def _services(county: County, cluster: str) -> Callable[[View], tuple[Text, ...]]:
    def says(view: View) -> tuple[Text, ...]:
        topics = tuple(topic.id for topic in view.know.topics.values() if topic.cluster == cluster)
        return (_("These places help with it. You can go there yourself:"), *service_lines(view, county, None, topics))

    return says


def _services_screen(county: County, cluster: str) -> Screen:
    return Screen(
        id=f"refused.{county}.{cluster}",
        says=_services(county, cluster),
        choices=buttons(Choice("other_topic", _("Another topic"), f"refused.{county}"), _CHANGED_MY_MIND),
        parent=f"refused.{county}",
        private=False,
    )


SCREENS: Final = (
    Screen(
        id="refused",
        says=always(
            _("That is all right. I store nothing about you."),
            _("I can still show you places that help everybody. Which county do you live in?"),
        ),
        choices=buttons(
            *(Choice(county.value, COUNTY_NAMES[county], f"refused.{county}") for county in County),
            _CHANGED_MY_MIND,
        ),
        parent="consent",
        private=False,
    ),
    *(_county_screen(county) for county in County),
    *(_services_screen(county, cluster) for county in County for cluster in CLUSTERS),
)
