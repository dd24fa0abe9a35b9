"""The 26 topics of need, what a resident reads on their buttons, and the clusters that group them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bot.i18n.text import Text, _


class Handling(StrEnum):
    """Who works on a topic first: case managers, the regular service, or a body with case work of its own."""

    OPEN = "open"
    REGULAR_FIRST = "regular_first"
    OWN_CASEWORK = "own_casework"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic of need. `german` is its name for staff, `label` its button for residents.

    `legal_area` is the primary one (a key of the criteria tables), empty where the topic crosses all.
    """

    id: str
    german: str
    label: Text
    cluster: str
    legal_area: str
    handling: Handling
    pictogram: str


Topics = Mapping[str, Topic]

LABELS: Final[Mapping[str, Text]] = {
    "livelihood_benefits": _("Money to live on, benefits"),
    "benefit_transition": _("Change of office, payment gap"),
    "debt": _("Debts and bills"),
    "official_letters_forms": _("Letters and forms"),
    "identity_documents_account": _("Passport, certificates, bank account"),
    "residence_permit": _("Residence permit, moving to another town"),
    "tolerated_stay_prospects": _("Duldung and right to stay"),
    "asylum_procedure_legal": _("Asylum procedure, lawyer"),
    "family_reunification": _("Bringing my family here"),
    "naturalisation": _("German citizenship"),
    "voluntary_return": _("Going back to my country"),
    "german_course": _("Learning German"),
    "work_employment": _("Work and work permit"),
    "training_study": _("Apprenticeship and university"),
    "recognition_qualifications": _("Recognition of my certificates"),
    "childcare_early_education": _("Kita and child care"),
    "school_education": _("School"),
    "family_parenting_youth": _("Family, pregnancy, parenting"),
    "health_care": _("Doctor and health insurance"),
    "mental_health_addiction": _("Stress, trauma, addiction"),
    "disability_care_needs": _("Disability, care, old age"),
    "housing_search": _("Looking for a flat"),
    "accommodation_issues": _("Problems in the accommodation"),
    "social_participation": _("Meeting people, free time"),
    "discrimination": _("Discrimination and racism"),
    "violence_protection": _("Violence, protection"),
}

#: In the order in which the groups are offered.
CLUSTERS: Final[Mapping[str, Text]] = {
    "housing": _("🏠 Housing"),
    "money": _("💶 Money"),
    "status": _("🛂 Residence and papers"),
    "language_education": _("📖 German and school"),
    "work": _("🛠️ Work and training"),
    "family": _("👪 Family and children"),
    "health": _("🩺 Health"),
    "administration": _("✉️ Letters and forms"),
    "participation": _("⚽ People and free time"),
    "protection": _("🛡️ Protection and fairness"),
}


def read_topics(table: Mapping[str, Any]) -> Topics:
    """The topics of `tables/topics.toml`; raises `ValueError` naming a topic that is not whole."""
    topics = {row["id"]: _topic(row) for row in table["topic"]}
    if topics.keys() != LABELS.keys():
        odd = sorted(topics.keys() ^ LABELS.keys())
        raise ValueError(f"topics and their labels differ: {', '.join(odd)}")
    return topics


def _topic(row: Mapping[str, Any]) -> Topic:
    if row["cluster"] not in CLUSTERS:
        raise ValueError(f"topic {row['id']}: cluster must be one of {', '.join(CLUSTERS)}")
    return Topic(
        id=row["id"],
        german=row["german"],
        label=LABELS.get(row["id"]) or _missing(row["id"]),
        cluster=row["cluster"],
        legal_area=row["legal_area"],
        handling=Handling(row["handling"]),
        pictogram=row["pictogram"],
    )


def _missing(topic: str) -> Text:
    raise ValueError(f"topic {topic}: it has no label for residents")
