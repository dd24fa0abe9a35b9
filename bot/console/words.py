"""What ids are called in the console. Staff read German; an id that has no word here is shown as it is."""

from __future__ import annotations

from typing import Final

STATES: Final = {
    "received": "Neu",
    "accepted": "Angenommen",
    "date_proposed": "Neuer Termin genannt",
    "with_coordination": "Bei der Koordination",
    "declined": "Abgelehnt",
    "closed": "Abgeschlossen",
    "cancelled": "Von der Person abgesagt",
}
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
OUTCOMES: Final = {"holds": "erfüllt", "fails": "nicht erfüllt", "unknown": "offen"}
OUTCOME_SIGNS: Final = {"holds": "✓", "fails": "–", "unknown": "?"}
CONTACTS: Final = {"chat": "über den Chat", "phone": "Telefon", "email": "E-Mail"}
CONSENTS: Final = {
    "contact": "Kontakt und Beratung",
    "pass_on": "Weitergabe an die genannte Stelle",
    "reminders": "Erinnerungen an den Termin",
}
COUNTIES: Final = {"rsk": "Rhein-Sieg-Kreis", "rbk": "Rheinisch-Bergischer Kreis"}
ROLES: Final = {"case_manager": "Case Management", "coordinator": "Koordination"}
ACTIONS: Final = {
    "received": "Eingegangen",
    "read": "Karte gelesen",
    "date_moved": "Termin verschoben",
    "accepted": "Angenommen",
    "date_proposed": "Anderen Termin genannt",
    "desk_changed": "An eine andere Stelle gegeben",
    "declined": "Abgelehnt",
    "decided_otherwise": "Anders entschieden als vorgeschlagen",
    "with_coordination": "An die Koordination gegeben",
    "closed": "Abgeschlossen",
    "cancelled": "Abgesagt",
    "wrote": "Nachricht an die Person geschrieben",
    "answered": "Antwort der Person eingegangen",
    "barrier": "Hürde gemeldet",
}
ACTORS: Final = {"bot": "Lotse (automatisch)", "resident": "Die Person selbst"}
#: A missing fact as a question for the first consultation.
QUESTIONS: Final = {
    "county": "In welchem Kreis wohnt die Person?",
    "municipality": "In welcher Stadt oder Gemeinde wohnt die Person?",
    "needs": "Welche Anliegen hat die Person?",
    "offices": "Welche Stellen müssen bei den offenen Anliegen noch handeln?",
    "contradictory_demands": "Verlangen zwei Stellen Gegensätzliches, oder schickt eine zur anderen?",
    "living_from": "Wovon lebt die Person (AsylbLG, SGB II, SGB XII, Lohn, Familie)?",
    "status_change": "Hat sich Aufenthalt oder Leistung gerade geändert, oder steht das bevor?",
    "next_steps_alone": "Kann die Person die nächsten Schritte (Briefe, Anrufe, Termine) allein gehen?",
    "tried": "Was wurde schon versucht, und was sagen die zuständigen Dienste?",
    "waiting_months": "Seit wie vielen Monaten wartet die Person?",
    "other_counselling": "Ist schon eine andere Beratungsstelle tätig?",
    "children": "Wie viele Kinder gehören zur Familie?",
    "newly_assigned": "Ist die Person neu zugewiesen?",
    "ill_or_disabled": "Gibt es Krankheit oder Behinderung in der Familie?",
    "children_interpret": "Müssen Kinder dolmetschen?",
    "residence_document": "Welches Aufenthaltspapier liegt vor?",
    "short_consultations_before": "Wie viele Kurzberatungen gab es schon?",
}
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
