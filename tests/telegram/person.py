"""Somebody with a telephone: types, taps, sends, blocks; and sees what a person would see."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from tests.telegram.fake_methods import as_json
from tests.telegram.fake_world import BotAccount, Query, Sent, World, queues_of

_queries = count(1)


class Person:
    """The view of one chat. Names are canaries: they must turn up nowhere on our side."""

    NAME = "Canary-First-Name"

    def __init__(self, world: World, bot: BotAccount, id: int, language: str | None) -> None:
        self.world, self.bot, self.id, self.language = world, bot, id, language

    # What the person does.

    def starts(self, payload: str = "") -> int:
        """Opens the chat and taps Start."""
        self.bot.blocked.discard(self.id)
        return self.types(f"/start {payload}".strip())

    def types(self, text: str) -> int:
        return self._message(text, {"text": text})

    def sends(self, medium: str, reference: str = "file-1", caption: str | None = None) -> int:
        """A voice message, a photo, a sticker, a document, a location, a contact of somebody else."""
        also = {"caption": caption} if caption else {}
        return self._message("", {**_MEDIA[medium](reference), **also})

    def shares_contact(self, phone: str, own: bool = True) -> int:
        card = {"phone_number": phone, "first_name": self.NAME, "user_id": self.id if own else self.id + 1}
        return self._message("", {"contact": card})

    def taps_send_contact(self, phone: str) -> int:
        """The button in place of the letters that sends one's own number."""
        assert any(button.get("request_contact") for button in self.keyboard), self.keyboard
        return self.shares_contact(phone)

    def taps(self, label: str) -> int:
        """The button with these words, under the newest message that has it."""
        for message in reversed(self.chat):
            for button in message.buttons:
                if button["text"].strip("\u200f") == label:
                    return self.presses(button["callback_data"], message)
        raise AssertionError(f"no button {label!r} among {self.labels}")

    def presses(self, data: str, message: Sent | None = None) -> int:
        """Any data, also forged: a client can send what it wants under a message that it has."""
        under = message or self.last
        with self.world.lock:
            number = f"q{self.bot.id}-{next(_queries)}"
            self.bot.queries[number] = Query(at=self.world.now())
            query = {"id": number, "from": self._user(), "chat_instance": f"c{self.id}", "data": data}
            query["message"] = as_json(under, self.bot)
            return self.world.put(self.bot, queues_of(self.id)[1], "callback_query", query)

    def blocks(self) -> None:
        self.bot.blocked.add(self.id)

    def adds_to_group(self, group: int = -100_200_300) -> int:
        """Takes the bot along into a group."""
        self.bot.groups.add(group)
        chat = {"id": group, "type": "supergroup", "title": "Sample group"}
        old, new = ({"user": self.bot.as_user(), "status": status} for status in ("left", "member"))
        change = {"chat": chat, "from": self._user(), "date": 1, "old_chat_member": old, "new_chat_member": new}
        return self.world.put(self.bot, str(group), "my_chat_member", change)

    def types_in_group(self, text: str, group: int = -100_200_300) -> int:
        self.bot.groups.add(group)
        chat = {"id": group, "type": "supergroup", "title": "Sample group"}
        content = {"message_id": 1, "date": 1, "chat": chat, "from": self._user(), "text": text}
        return self.world.put(self.bot, str(group), "message", content)

    # What the person sees.

    @property
    def chat(self) -> list[Sent]:
        with self.world.lock:
            return list(self.bot.chats.get(self.id, ()))

    @property
    def heard(self) -> list[Sent]:
        """All messages of the bot that are in the chat."""
        return [message for message in self.chat if message.by_bot]

    @property
    def last(self) -> Sent:
        return self.heard[-1]

    @property
    def keyboard(self) -> list[dict[str, Any]]:
        """The buttons that stand in place of the letters."""
        with self.world.lock:
            return [button for row in self.bot.keyboards.get(self.id, []) for button in row]

    @property
    def labels(self) -> list[str]:
        return self.last.labels

    @property
    def files(self) -> list[tuple[str, bytes]]:
        return [message.file for message in self.heard if message.file]

    def waits(self, until: Callable[[Person], bool], seconds: float = 60.0) -> Person:
        """Looks at the chat until it is as expected."""
        with self.world.changed:
            there = self.world.changed.wait_for(lambda: until(self), seconds)
        assert there, [message.text for message in self.heard][-3:]
        return self

    def _message(self, text: str, content: dict[str, Any]) -> int:
        with self.world.lock:
            number = self.bot.new_number()
            self.bot.chats.setdefault(self.id, []).append(Sent(id=number, chat=self.id, by_bot=False, text=text))
            chat = {"id": self.id, "type": "private", "first_name": self.NAME, "username": "canary_user_name"}
            whole = {"message_id": number, "date": 1_790_000_000, "chat": chat, "from": self._user(), **content}
            return self.world.put(self.bot, str(self.id), "message", whole)

    def _user(self) -> dict[str, Any]:
        spoken = {"language_code": self.language} if self.language else {}
        return {"id": self.id, "is_bot": False, "first_name": self.NAME, "username": "canary_user_name", **spoken}


def _file(reference: str, **more: Any) -> dict[str, Any]:
    return {"file_id": reference, "file_unique_id": f"u{reference}", **more}


_MEDIA: dict[str, Callable[[str], dict[str, Any]]] = {
    "voice": lambda name: {"voice": _file(name, duration=3, mime_type="audio/ogg")},
    "photo": lambda name: {"photo": [_file(f"small-{name}", width=9, height=9), _file(name, width=90, height=90)]},
    "document": lambda name: {"document": _file(name, file_name="canary-file-name.pdf")},
    "sticker": lambda name: {
        "sticker": _file(name, type="regular", width=9, height=9, is_animated=False, is_video=False)
    },
    "location": lambda name: {"location": {"latitude": 51.0, "longitude": 7.2}},
    "contact": lambda name: {"contact": {"phone_number": "+49 151 00000000", "first_name": "Canary-Contact"}},
}
