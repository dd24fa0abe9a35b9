"""Bells between processes: Redis carries them and may be away; then everybody only looks less often."""

from __future__ import annotations

from threading import Event, Thread
from typing import Final

import redis
import structlog

from bot.app.bells import Bells

WORK: Final = "lotse:work"
PERSON: Final = "lotse:person:"
TRY_AGAIN: Final = 2.0

log = structlog.get_logger("bells")


class RedisBells(Bells):
    """Rings in this process at once and in all others through Redis."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.heard = False
        self._redis = redis.Redis.from_url(address, socket_connect_timeout=1, socket_timeout=5)
        self._stop = Event()
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def ring(self, person: str) -> None:
        super().ring(person)
        self._publish(PERSON + person)

    def ring_work(self) -> None:
        super().ring_work()
        self._publish(WORK)

    def close(self) -> None:
        self._stop.set()
        self._redis.close()

    def _publish(self, channel: str) -> None:
        try:
            self._redis.publish(channel, b"")
        except (redis.RedisError, OSError):
            log.warning("redis away", doing="ring")

    def _listen(self) -> None:
        """Listens again and again; what was rung while Redis was away is found by looking."""
        while not self._stop.is_set():
            try:
                self._hear()
            except (redis.RedisError, OSError, ValueError):
                self.heard = False
                self._stop.wait(TRY_AGAIN)

    def _hear(self) -> None:
        with self._redis.pubsub(ignore_subscribe_messages=True) as heard:  # type: ignore[no-untyped-call]  # redis-py types it not
            heard.psubscribe(WORK, PERSON + "*")
            self.heard = True
            while not self._stop.is_set():
                message = heard.get_message(timeout=1.0)
                if message is None:
                    continue
                channel = message["channel"].decode()
                if channel == WORK:
                    self.work.set()
                else:
                    super().ring(channel.removeprefix(PERSON))
