"""Who can translate in a meeting: pools of a county, with the languages and the notice that a source names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from bot.booking.hours import BERLIN
from bot.vocabulary.rows import Row, ids_of, rows

KEYS: Final = ("id", "name", "languages", "notice_days", "not_for", "open", "source", "sample")
LONGEST_NOTICE: Final = 60
#: A sign is a short word or number, so that no name is written there.
LONGEST_SIGN: Final = 20
#: Stands between a pool and the sign of somebody in it.
_OF: Final = ":"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """`languages` are tags, none where no source names any: then one has to ask. `open` is what is not known yet.

    `sample`: the notice is assumed, because no source names it.
    """

    id: str
    name: str
    notice_days: int
    source: str
    languages: tuple[str, ...] = ()
    not_for: str | None = None
    open: tuple[str, ...] = ()
    sample: bool = False


def read_pools(table: Mapping[str, Any], languages: Collection[str]) -> tuple[Pool, ...]:
    """The pools of `counties/<id>/interpreters.toml`; raises `ValueError` naming the row, the key, what is allowed."""
    if not table:
        return ()
    ids_of(table, "pool", "interpreters")
    return tuple(
        _pool(Row(f"pool {values['id']}", values), languages) for values in rows(table, "pool", "interpreters")
    )


def _pool(row: Row, languages: Collection[str]) -> Pool:
    row.only(KEYS)
    return Pool(
        id=row.words("id"),
        name=row.words("name"),
        notice_days=row.whole("notice_days", LONGEST_NOTICE),
        source=row.words("source"),
        languages=row.some_of("languages", languages),
        not_for=row.maybe("not_for"),
        open=row.texts("open"),
        sample=row.truth("sample"),
    )


def pools_for(pools: Sequence[Pool], language: str) -> tuple[Pool, ...]:
    """Whom to ask for this language: those who name it, or else those who name none."""
    named = tuple(pool for pool in pools if language in pool.languages)
    return named or tuple(pool for pool in pools if not pool.languages)


def one_of_pool(pool: str, sign: str) -> str | None:
    """Somebody of a pool, by the sign or number that the pool has for them; none where it is none.

    >>> one_of_pool("rbk_pool", " KM  07 "), one_of_pool("rbk_pool", "")
    ('rbk_pool:km 07', None)
    """
    words = " ".join(sign.split()).casefold()
    known = 0 < len(words) <= LONGEST_SIGN and _OF not in words and words.isprintable()
    return f"{pool}{_OF}{words}" if known else None


def sign_of(one: str) -> str:
    """The sign of somebody of a pool, as one says it.

    >>> sign_of("rbk_pool:km 07")
    'KM 07'
    """
    return one.partition(_OF)[2].upper()


def first_day(pools: Sequence[Pool], language: str, now: datetime) -> date | None:
    """The first day for which somebody can be asked in time; none where there is nobody to ask."""
    asked = pools_for(pools, language)
    if not asked:
        return None
    return now.astimezone(BERLIN).date() + timedelta(days=min(pool.notice_days for pool in asked))


def too_soon(pools: Sequence[Pool], language: str, starts_at: datetime, now: datetime) -> bool:
    """The notice that an interpreter needs is longer than the time until this date."""
    first = first_day(pools, language, now)
    return first is not None and starts_at < datetime.combine(first, time(), tzinfo=BERLIN).astimezone(UTC)
