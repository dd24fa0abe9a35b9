"""What staff call the facts, their values and the ways: German, one word for cards, rules and sheets."""

from __future__ import annotations

from typing import Final

SUGGESTIONS: Final = {
    "case_management": "Case Management",
    "short_consultation": "Kurzberatung",
    "referral": "Verweis an die zuständige Stelle",
}
TARGETS: Final = {"desk": "Stelle", "coordination": "Koordination", "service": "Regeldienst"}
BOOKINGS: Final = {
    "appointment": "Termin im persönlichen Erstgespräch",
    "open_hours": "Offene Sprechstunde",
    "clearing": "Klärung durch die Koordination",
    "none": "Nichts zu buchen",
}
COUNTIES: Final = {"rsk": "Rhein-Sieg-Kreis", "rbk": "Rheinisch-Bergischer Kreis"}
#: A known fact as a label.
FACTS: Final = {
    "offices": "Stellen, die noch handeln müssen",
    "contradictory_demands": "Stellen verlangen Gegensätzliches",
    "living_from": "Lebensunterhalt",
    "status_change": "Wechsel von Aufenthalt oder Leistung",
    "next_steps_alone": "Nächste Schritte allein",
    "tried": "Schon versucht",
    "waiting_months": "Wartezeit in Monaten",
    "other_counselling": "Andere Beratung ist tätig",
    "children": "Kinder",
    "newly_assigned": "Neu zugewiesen",
    "ill_or_disabled": "Krankheit oder Behinderung",
    "children_interpret": "Kinder dolmetschen",
    "residence_document": "Aufenthaltspapier",
    "short_consultations_before": "Frühere Kurzberatungen",
}
VALUES: Final = {
    "offices": {
        "jobcenter": "Jobcenter",
        "sozialamt": "Sozialamt",
        "abh": "Ausländerbehörde",
        "arbeitsagentur": "Agentur für Arbeit",
        "jugendamt": "Jugendamt",
        "bamf": "BAMF",
        "court": "Gericht",
        "school": "Schule",
        "health": "Gesundheitswesen",
        "counselling": "Beratungsstelle",
        "landlord": "Vermieter",
        "creditor": "Gläubiger",
        "other": "andere Stelle",
    },
    "living_from": {
        "asylblg": "AsylbLG",
        "sgb2": "SGB II (Jobcenter)",
        "sgb12": "SGB XII",
        "wages": "Lohn",
        "family": "Familie",
        "nothing": "kein Einkommen",
    },
    "status_change": {"recent": "gerade geändert", "ahead": "steht bevor", "none": "kein Wechsel"},
    "next_steps_alone": {"yes": "ja", "with_support": "mit Unterstützung", "no": "nein"},
    "tried": {
        "not_yet": "noch nichts",
        "in_hand": "ein Dienst ist dran",
        "waiting": "wartet auf einen Dienst",
        "refused": "wurde abgelehnt",
        "no_service": "kein passender Dienst",
    },
    "residence_document": {
        "permit": "Aufenthaltserlaubnis",
        "tolerated": "Duldung",
        "asylum_procedure": "Aufenthaltsgestattung",
        "section_24": "§ 24 AufenthG",
        "eu": "EU-Bürger*in",
        "german": "deutsche Staatsangehörigkeit",
        "none": "kein Papier",
    },
}
TRUTH: Final = {True: "ja", False: "nein"}
#: Languages that are spoken at a desk, by their tags.
LANGUAGES: Final = {
    "de": "Deutsch",
    "sq": "Albanisch",
    "am": "Amharisch",
    "ar": "Arabisch",
    "bg": "Bulgarisch",
    "en": "Englisch",
    "fr": "Französisch",
    "el": "Griechisch",
    "it": "Italienisch",
    "ku": "Kurdisch",
    "pa": "Panjabi",
    "ps": "Paschtu",
    "fa": "Persisch/Dari",
    "pl": "Polnisch",
    "pt": "Portugiesisch",
    "ro": "Rumänisch",
    "ru": "Russisch",
    "sh": "Serbisch/Kroatisch/Bosnisch",
    "so": "Somali",
    "es": "Spanisch",
    "ti": "Tigrinya",
    "tr": "Türkisch",
    "uk": "Ukrainisch",
    "ur": "Urdu",
    "vi": "Vietnamesisch",
}
