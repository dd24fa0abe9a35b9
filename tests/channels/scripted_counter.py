"""A counter in memory that plays a few screens: enough to try the web chat, with no dialog behind it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.channels.port import Content, Delivery
from bot.handoff.uploads import Upload
from bot.i18n.languages import BY_TAG

NAV = {
    "de": ("⬅️ Zurück", "👤 Mit einem Menschen sprechen", "🆘 Notfall", "🌐 Sprache", "❓ Hilfe"),
    "en": ("⬅️ Back", "👤 Talk to a person", "🆘 Emergency", "🌐 Language", "❓ Help"),
    "ar": ("⬅️ رجوع", "👤 التحدث مع شخص", "🆘 طوارئ", "🌐 اللغة", "❓ مساعدة"),
}
NAV_IDS = ("nav.back", "nav.person", "nav.emergency", "nav.language", "nav.help")
SAYS: dict[str, dict[str, str]] = {
    "welcome": {
        "de": "Guten Tag! Ich helfe Ihnen, die richtige Stelle zu finden.\n\nDas ist freiwillig und kostet nichts.",
        "en": "Hello! I help you to find the right office.\n\nThis is voluntary and free.",
        "ar": "مرحباً! أساعدك في العثور على المكتب المناسب.\n\nهذا اختياري ومجاني.",
    },
    "place": {
        "de": "Wo wohnen Sie?",
        "en": "Where do you live?",
        "ar": "أين تسكن؟",
    },
    "need": {
        "de": "Wobei brauchen Sie Hilfe? Schreiben Sie es mit Ihren Worten.",
        "en": "What do you need help with? Write it in your own words.",
        "ar": "بماذا تحتاج إلى المساعدة؟ اكتب ذلك بكلماتك.",
    },
    "booked": {
        "de": "Ihr Termin ist gebucht.\n\nBitte bringen Sie mit:\n• Ihren Ausweis\n• den Brief vom Jobcenter",
        "en": "Your appointment is booked.\n\nPlease bring:\n• your identity card\n• the letter from the Jobcenter",
        "ar": "تم حجز موعدك.\n\nيرجى إحضار:\n• بطاقة هويتك\n• الرسالة من \u2068Jobcenter\u2069",
    },
    "nav.emergency": {
        "de": "In Gefahr? Rufen Sie an:\n• Polizei: \u2068110\u2069\n• Feuerwehr und Notarzt: \u2068112\u2069"
        "\n• Beispiel: \u2068+49 2241 000-000\u2069",
        "en": "In danger? Call:\n• Police: \u2068110\u2069\n• Fire and ambulance: \u2068112\u2069"
        "\n• Example: \u2068+49 2241 000-000\u2069",
        "ar": "هل أنت في خطر؟ اتصل:\n• الشرطة: \u2068110\u2069\n• الإطفاء والإسعاف: \u2068112\u2069"
        "\n• مثال: \u2068+49 2241 000-000\u2069",
    },
    "phone": {
        "de": "Bitte schreiben Sie Ihre Telefonnummer.",
        "en": "Please write your phone number.",
        "ar": "يرجى كتابة رقم هاتفك.",
    },
    "nav.language": {"de": "Welche Sprache?", "en": "Which language?", "ar": "أي لغة؟"},
    "heard": {"de": "Ich habe {n} Zeichen gelesen.", "en": "I have read {n} characters.", "ar": "قرأت {n} حرفاً."},
}
COLLEAGUE = {
    "de": "Guten Tag, bitte bringen Sie auch den Mietvertrag mit.",
    "en": "Hello, please bring your rental contract too.",
    "ar": "مرحباً، يرجى إحضار عقد الإيجار أيضاً.",
}
STEP = {"de": "Schritt {n} von 4", "en": "Step {n} of 4", "ar": "الخطوة {n} من 4"}
GO = {"de": "▶️ Weiter", "en": "▶️ Continue", "ar": "▶️ متابعة"}
STEPS = {"welcome": 1, "place": 2, "need": 3, "booked": 4}
ICS = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


@dataclass
class Visitor:
    language: str = "en"
    current: dict[str, Any] | None = None
    waiting: list[dict[str, Any]] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)


class ScriptedCounter:
    """Satisfies `bot.channels.port.Counter`; `answers` can be switched off to leave people waiting."""

    def __init__(self, *, answers: bool = True) -> None:
        self.answers = answers
        self.uploads: list[Upload] = []
        self.visitors: dict[str, Visitor] = defaultdict(Visitor)
        self._keys: set[str] = set()
        self._bells: dict[str, list[Callable[[], None]]] = defaultdict(list)
        self._lock = threading.RLock()
        self._ids = 0

    def arrived(self, person: str, key: str, content: Content) -> None:
        with self._lock:
            if key in self._keys:
                return
            self._keys.add(key)
            self.visitors[person].heard.append(dict(content))
            if self.answers:
                self._answer(person, dict(content))

    def recorded(self, person: str, key: str, upload: Upload) -> None:
        self.uploads.append(upload)
        self.arrived(person, key, {"media": str(upload.kind)})

    def waiting(self, person: str) -> list[Delivery]:
        with self._lock:
            return list(self.visitors[person].waiting) if person in self.visitors else []

    def acknowledged(self, person: str, delivery: int) -> None:
        with self._lock:
            visitor = self.visitors[person]
            visitor.waiting = [one for one in visitor.waiting if one["id"] != delivery]

    def current(self, person: str) -> Delivery | None:
        with self._lock:
            return self.visitors[person].current if person in self.visitors else None

    def file(self, person: str, name: str) -> tuple[str, bytes] | None:
        visitor = self.visitors.get(person)
        offered = visitor and visitor.current and visitor.current["file"]
        return ("termin.ics", ICS) if offered and name == "s3cret" else None

    def subscribe(self, person: str, woken: Callable[[], None]) -> None:
        self._bells[person].append(woken)

    def unsubscribe(self, person: str, woken: Callable[[], None]) -> None:
        self._bells[person].remove(woken)

    def colleague_writes(self, person: str) -> None:
        """A colleague's message, on its way beside the questions."""
        visitor = self.visitors[person]
        with self._lock:
            self._put(person, {"from": "person", "text": COLLEAGUE[visitor.language], "screen": "", "nav": []})

    def reminds(self, person: str) -> None:
        """A reminder between two screens, with a button of its own."""
        button = {"id": "nav.appointment", "label": "Show my appointment"}
        with self._lock:
            said = {"from": "bot", "text": "Tomorrow!", "screen": "reminder", "nav": [], "choices": [button]}
            self._put(person, said)

    @property
    def people(self) -> list[str]:
        return list(self.visitors)

    @property
    def heard(self) -> list[dict[str, Any]]:
        """Everything that arrived, without the greetings."""
        return [one for visitor in self.visitors.values() for one in visitor.heard if "hello" not in one]

    def _answer(self, person: str, content: dict[str, Any]) -> None:
        visitor = self.visitors[person]
        match content:
            case {"hello": hello}:
                tag = str(hello["language"]).split("-")[0]
                visitor.language = tag if tag in NAV else "en"
                self._screen(person, "welcome")
            case {"tap": "nav.emergency" | "nav.language" as tap}:
                self._screen(person, tap)
            case {"tap": "de" | "en" | "ar" as language}:
                visitor.language = language
                self._screen(person, "welcome")
            case {"tap": "go"}:
                self._screen(person, "place")
            case {"tap": str(tap)} if tap.startswith("town"):
                self._screen(person, "need")
            case {"tap": _}:
                self._screen(person, "welcome")
            case {"text": "call me"}:
                self._screen(person, "phone")
            case {"text": str(text)} if len(text) > 1000:
                self._screen(person, "heard", n=len(text))
            case _:
                self._screen(person, "booked")

    def _screen(self, person: str, screen: str, **values: int) -> None:
        language = self.visitors[person].language
        step = STEPS.get(screen)
        said: dict[str, Any] = {
            "screen": screen,
            "text": SAYS[screen][language].format(**values),
            "choices": _choices(screen, language),
            "progress": {"step": step, "of": 4, "text": STEP[language].format(n=step)} if step else None,
            "file": {"name": "termin.ics", "url": "/chat/file/s3cret"} if screen == "booked" else None,
            "asks": "phone" if screen == "phone" else None,
            "records": screen == "need",
            "from": "bot",
        }
        self.visitors[person].current = self._put(person, said)

    def _put(self, person: str, said: dict[str, Any]) -> dict[str, Any]:
        visitor = self.visitors[person]
        self._ids += 1
        nav = [{"id": name, "label": label} for name, label in zip(NAV_IDS, NAV[visitor.language], strict=True)]
        language = BY_TAG[visitor.language]
        whole = {"id": self._ids, "language": language.tag, "dir": language.direction, "nav": nav, "case": None} | said
        visitor.waiting.append(whole)
        for ring in list(self._bells[person]):
            ring()
        return whole


def _choices(screen: str, language: str) -> list[dict[str, str]]:
    match screen:
        case "welcome":
            return [{"id": "go", "label": GO[language]}]
        case "place":
            town = {"de": "Ort", "en": "Town", "ar": "بلدة"}[language]
            return [{"id": f"town{n}", "label": f"{town} {n}"} for n in range(1, 28)]
        case "nav.language":
            return [{"id": tag, "label": BY_TAG[tag].name} for tag in NAV]
        case _:
            return []
