"""What ids are called in the console. Staff read German; an id that has no word here is shown as it is."""

from __future__ import annotations

from typing import Final

from bot.vocabulary.german import BOOKINGS as BOOKINGS
from bot.vocabulary.german import COUNTIES as COUNTIES
from bot.vocabulary.german import FACTS as FACTS
from bot.vocabulary.german import SUGGESTIONS as SUGGESTIONS
from bot.vocabulary.german import TARGETS as TARGETS
from bot.vocabulary.german import TRUTH as TRUTH
from bot.vocabulary.german import VALUES as VALUES

STATES: Final = {
    "received": "Neu",
    "accepted": "Angenommen",
    "date_proposed": "Neuer Termin genannt",
    "with_coordination": "Bei der Koordination",
    "declined": "Abgelehnt",
    "closed": "Abgeschlossen",
    "cancelled": "Von der Person abgesagt",
}
HOURS: Final = {
    "appointment": "Termine",
    "open": "offene Sprechstunde",
    "outreach": "Sprechstunde vor Ort",
    "home_office": "Homeoffice, keine persönlichen Termine",
}
BARRIER_STATUS: Final = {
    "reported": "gemeldet",
    "quick": "kurzfristige Lösung",
    "decision": "Entscheidung der Steuerungsgruppe",
    "project": "Projektgruppe",
    "theme": "generatives Thema",
    "solved": "gelöst",
}
ORIGINS: Final = {"card": "von einer Karte", "colleague": "von der Konsole", "form": "über das öffentliche Formular"}
LEVELS: Final = {
    "unknown": "nicht gemeldet",
    "room": "Platz",
    "in_range": "im Richtwert",
    "full": "am oder über dem Richtwert",
}
#: What a block in the picture of a week says.
BLOCKS: Final = {
    "hours": "Termine möglich",
    "free": "frei",
    "held": "wird gerade gewählt",
    "offered": "angeboten",
    "booked": "gebucht",
    "absent": "abwesend",
    "open": "offene Sprechstunde",
    "outreach": "Sprechstunde vor Ort",
    "home_office": "Homeoffice",
}
OUTCOMES: Final = {"holds": "erfüllt", "fails": "nicht erfüllt", "unknown": "offen"}
OUTCOME_SIGNS: Final = {"holds": "✓", "fails": "–", "unknown": "?"}
CONTACTS: Final = {"chat": "über den Chat", "phone": "Telefon", "email": "E-Mail"}
CONSENTS: Final = {
    "contact": "Kontakt und Beratung",
    "pass_on": "Weitergabe an die genannte Stelle",
    "reminders": "Erinnerungen an den Termin",
}
CALENDAR_FAULTS: Final = {
    "away": "der Server antwortet nicht",
    "password": "der Server nimmt das Passwort nicht an",
    "address": "unter der Adresse liegt kein Kalender",
    "unreadable": "die Antwort des Servers ist nicht lesbar",
    "too_large": "der Kalender ist zu groß",
}
INTERPRETING: Final = {"asked": "offen", "confirmed": "jemand kommt", "declined": "niemand gefunden"}
ROLES: Final = {"case_manager": "Case Management", "coordinator": "Koordination"}
ACTIONS: Final = {
    "received": "Eingegangen",
    "read": "Karte gelesen",
    "date_moved": "Termin verschoben",
    "accepted": "Angenommen",
    "date_proposed": "Anderen Termin genannt",
    "post_changed": "Termin an einen anderen Platz der Stelle gegeben, gleiche Zeit",
    "desk_changed": "An eine andere Stelle gegeben",
    "declined": "Abgelehnt",
    "decided_otherwise": "Anders entschieden als vorgeschlagen",
    "with_coordination": "An die Koordination gegeben",
    "closed": "Abgeschlossen",
    "cancelled": "Abgesagt",
    "wrote": "Nachricht an die Person geschrieben",
    "answered": "Antwort der Person eingegangen",
    "barrier": "Hürde gemeldet",
    "served_first": "Vorgezogen",
    "overtaken": "Länger gewartet als ein anderer Fall",
    "date_kept": "Gesagt, dass ein Termin frei ist",
    "interpreter_confirmed": "Sprachmittlung zugesagt",
    "interpreter_declined": "Keine Sprachmittlung gefunden",
    "late": "Person kommt später",
    "no_show": "Person ist nicht gekommen",
    "no_show_undone": "Zurückgenommen: Person ist doch gekommen",
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
