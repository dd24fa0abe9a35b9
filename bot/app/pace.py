"""How fast a bot may send: about 30 messages a second in all, one a second to each chat, and whatever a 429 says.

Redis counts for all processes together. Without it, or while it is away, each process counts for itself.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from typing import Final

import redis
import redis.asyncio
import structlog

log = structlog.get_logger("pace")

#: Sources: core.telegram.org/bots/faq (30 a second, one a second to a chat, short bursts are let pass).
PER_SECOND: Final = 30.0
PER_CHAT: Final = 1.0
BURST: Final = 30
CHAT_BURST: Final = 4
_KEPT: Final = 5_000
_TAKE: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait = 0
for i = 1, 2 do
  wait = math.max(wait, redis.call('PTTL', KEYS[i + 2]))
  local next = tonumber(redis.call('GET', KEYS[i]) or now)
  wait = math.max(wait, next - (ARGV[2 * i] - 1) * ARGV[2 * i - 1] - now)
end
if wait > 0 then return math.ceil(wait) end
for i = 1, 2 do
  local next = math.max(tonumber(redis.call('GET', KEYS[i]) or now), now) + ARGV[2 * i - 1]
  redis.call('SET', KEYS[i], string.format('%.0f', next), 'PX', string.format('%.0f', next - now + 1000))
end
return 0
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    per_second: float = PER_SECOND
    burst: int = BURST
    per_chat: float = PER_CHAT
    chat_burst: int = CHAT_BURST


def allowed(per_second: float | None, per_chat: float | None) -> Limits:
    """The limits that hold for everybody, or those that Telegram has allowed this bot."""
    return Limits(per_second=per_second or PER_SECOND, per_chat=per_chat or PER_CHAT)


@dataclass(slots=True)
class LocalPace:
    """Counts for this process. `clock` counts seconds and never goes back."""

    limits: Limits = field(default_factory=Limits)
    _next: dict[str, float] = field(default_factory=dict)
    _paused: dict[str, float] = field(default_factory=dict)

    def take(self, chat: str) -> float:
        """Zero: send now, it is counted. Else so many seconds to wait, and nothing is counted."""
        now = time.monotonic()
        lanes = {
            "": (1 / self.limits.per_second, self.limits.burst),
            chat: (1 / self.limits.per_chat, self.limits.chat_burst),
        }
        waits = [self._paused.get(lane, now) - now for lane in lanes]
        waits += [self._next.get(lane, now) - (burst - 1) * step - now for lane, (step, burst) in lanes.items()]
        if max(waits) > 0:
            return max(waits)
        for lane, (step, _) in lanes.items():
            self._next[lane] = max(self._next.get(lane, now), now) + step
        self._forget(now)
        return 0.0

    def pause(self, chat: str, seconds: float) -> tuple[str, ...]:
        """Nothing goes to this chat for so long; two chats that wait mean that all ("") wait. Returns who waits."""
        now = time.monotonic()
        others = [one for one, until in self._paused.items() if until > now and one not in ("", chat)]
        lanes = ("", chat) if others else (chat,)
        self._paused |= {lane: max(self._paused.get(lane, now), now + seconds) for lane in lanes}
        return lanes

    def _forget(self, now: float) -> None:
        if len(self._next) > _KEPT:
            self._next = {lane: at for lane, at in self._next.items() if at > now}
            self._paused = {lane: at for lane, at in self._paused.items() if at > now}


class Pace:
    """One bot's pace. `name` keeps the bots apart: each has limits of its own."""

    def __init__(self, name: str, address: str | None = None, limits: Limits | None = None) -> None:
        self._name, self._limits = name, limits or Limits()
        self._local = LocalPace(self._limits)
        self._redis = _client(address) if address else None

    async def take(self, chat: str) -> float:
        """Zero: send now. Else how many seconds to wait before asking again."""
        waiting = self._local.take(chat)
        if waiting > 0 or self._redis is None:
            return waiting
        chat_key, all_key = self._key(chat), self._key("")
        keys = (all_key, chat_key, f"{all_key}:wait", f"{chat_key}:wait")
        steps = (
            1000 / self._limits.per_second,
            self._limits.burst,
            1000 / self._limits.per_chat,
            self._limits.chat_burst,
        )
        try:
            return int(await self._redis.eval(_TAKE, len(keys), *keys, *map(str, steps))) / 1000
        except (redis.RedisError, OSError):
            log.warning("redis away", doing="pace")
            return 0.0

    async def pause(self, chat: str, seconds: float) -> None:
        """What Telegram said about this chat holds for all processes."""
        lanes = self._local.pause(chat, seconds)
        if self._redis is None:
            return
        try:
            for lane in lanes:
                await self._redis.set(f"{self._key(lane)}:wait", b"", px=max(1, int(seconds * 1000)))
        except (redis.RedisError, OSError):
            log.warning("redis away", doing="pause")

    async def close(self) -> None:
        if self._redis is not None:
            await self._redis.aclose()

    def _key(self, chat: str) -> str:
        hashed = hashlib.sha256(f"{self._name}:{chat}".encode()).hexdigest()[:24] if chat else "all"
        return f"lotse:pace:{self._name}:{hashed}"


def _client(address: str) -> redis.asyncio.Redis:
    return redis.asyncio.Redis.from_url(address, socket_connect_timeout=1, socket_timeout=1)
