"""What is typed into a form for a barrier, as a report; every fault is a German sentence at its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.barriers.barrier import Draft, Origin, fault_of_words
from bot.vocabulary.facts import County, Office

PLACE, TOPIC, OFFICE, WORDS, LOOKED_THROUGH, KEY = "ort", "thema", "amt", "worte", "geprueft", "schluessel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What can be chosen: municipalities with their county, and topics; each with its German name."""

    counties: Mapping[County, str]
    places: Mapping[str, County]
    names: Mapping[str, str]
    topics: Mapping[str, str]

    def of(self, counties: frozenset[County]) -> Choices:
        """Only these counties can be chosen."""
        return Choices(
            counties={county: name for county, name in self.counties.items() if county in counties},
            places={place: county for place, county in self.places.items() if county in counties},
            names=self.names,
            topics=self.topics,
        )


def read_form(fields: Mapping[str, str], choices: Choices, origin: Origin, by: str = "") -> Draft | dict[str, str]:
    """The report, or what is wrong by field. A place is a municipality or a whole county."""
    place, topic, office = (fields.get(name, "") for name in (PLACE, TOPIC, OFFICE))
    words = " ".join(fields.get(WORDS, "").split())
    county = choices.places.get(place) or next((one for one in choices.counties if one == place), None)
    faults: dict[str, str] = {}
    if county is None:
        faults[PLACE] = "Bitte wählen Sie eine Stadt, eine Gemeinde oder den ganzen Kreis."
    if topic and topic not in choices.topics:
        faults[TOPIC] = "Bitte wählen Sie ein Thema aus der Liste."
    if office and office not in {*Office}:
        faults[OFFICE] = "Bitte wählen Sie eine Stelle aus der Liste."
    if fault := fault_of_words(words):
        faults[WORDS] = fault
    if faults or county is None:
        return faults
    return Draft(
        county=county,
        words=words,
        origin=origin,
        municipality=place if place in choices.places else None,
        topic=topic or None,
        office=Office(office) if office else None,
        by=by,
    )
