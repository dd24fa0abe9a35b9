"""The conversation of `tests.talk`, held in the web chat over HTTP, as the script of its page holds it."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

import httpx
from sqlalchemy import func, select

from bot.channels.web_person import person_of
from bot.i18n.text import data
from bot.storage.tables import inbox
from bot.turns.messages import Button, FileToTake, Outgoing
from tests.talk import FRIDAY, Talk
from tests.telegram.quarter import Quarter


class WebTalk(Talk):
    """A browser with a cookie. `token`: it comes by the link of an invitation."""

    _frames = count(1)

    def __init__(self, quarter: Quarter, token: str = "", on: str = FRIDAY) -> None:
        self.quarter, self._token = quarter, token
        headers = {"origin": quarter.web, "accept-language": "en"}
        self._browser = httpx.Client(base_url=quarter.web, headers=headers, verify=False, timeout=30)
        quarter.at_the_end(self._browser.close)
        self._texts: list[str] = []
        super().__init__(quarter.store, "", on)

    @property
    def now(self) -> datetime:
        return self.quarter.clock()

    @now.setter
    def now(self, moment: datetime) -> None:
        """Time is the town's; whoever comes does not turn it back."""

    def says(self, content: dict[str, Any]) -> Talk:
        match content:
            case {"hello": _}:
                self._opens(self._token)
            case {"invited": str(token)}:
                self._opens(token)
            case _:
                frame = {**content, "key": f"frame-{next(self._frames):06d}"}
                assert self._browser.post("/chat/messages", json=frame).json() == {"got": frame["key"]}
        return self.hears()

    def hears(self) -> Talk:
        """Whatever has come since is shown, and acknowledged."""
        self.quarter.waits(lambda: not self._is_waited_for())
        deliveries = self._browser.get("/chat/messages", params={"first": "1"}).json()["deliveries"]
        new = [one for one in deliveries if not one.get("again")]
        for delivery in new:
            self._browser.post("/chat/messages", json={"ack": delivery["id"]})
        self._texts = [one["text"] for one in new] or self._texts
        self.shown = [_outgoing(one) for one in new] or self.shown
        return self

    def text(self, language: str = "en") -> str:
        return "\n".join(self._texts)

    def file(self, name: str) -> httpx.Response:
        return self._browser.get(f"/chat/file/{name}")

    def _opens(self, token: str) -> None:
        if token:
            assert self._browser.get(f"/chat/invited/{token}").status_code == 200
            assert self._browser.post(f"/chat/invited/{token}").status_code == 303
        else:
            assert self._browser.post("/chat/begin", headers={"accept": "application/json"}).status_code == 200
        self.person = person_of(self._browser.cookies["lotse_chat"])

    def _is_waited_for(self) -> bool:
        mine = select(func.count()).where(inbox.c.person == self.person, inbox.c.state == "waiting")
        with self.quarter.looking.connect() as connection:
            return bool(connection.execute(mine).scalar_one())


def _outgoing(delivery: dict[str, Any]) -> Outgoing:
    """What came as tests read it; words that were rendered stay as they are."""
    return Outgoing(
        screen=delivery["screen"],
        says=(data(delivery["text"]),),
        choices=tuple(Button(id=one["id"], label=data(one["label"])) for one in delivery["choices"]),
        nav=tuple(Button(id=one["id"], label=data(one["label"])) for one in delivery["nav"]),
        language=delivery["language"],
        speaker=delivery["from"],
        file=_taken(delivery["file"]),
        picture=_taken(delivery["picture"]),
    )


def _taken(file: dict[str, str] | None) -> FileToTake | None:
    return FileToTake(id=file["url"].rpartition("/")[2], name=file["name"]) if file else None
