"""Absences and what could be instead, as they are said in German."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.booking.away import Away
from bot.console.blocks import midnight
from bot.console.spoken import end_clock, local_day, short, short_day
from bot.rebooking import Instead, NewDate, OtherPost


def away_times(one: Away) -> str:
    """Days if whole days are meant, else from when to when."""
    first, last = local_day(one.starts_at), local_day(one.ends_at - timedelta(microseconds=1))
    if one.starts_at == midnight(first) and one.ends_at == midnight(last + timedelta(days=1)):
        return short_day(first) if first == last else f"{short_day(first)} bis {short_day(last)}"
    last_clock = end_clock(one.ends_at)
    return f"{short(one.starts_at)} bis {last_clock if first == last else f'{short_day(last)}, {last_clock}'}"


def away_posts(one: Away, posts: Mapping[str, Sequence[str]]) -> str:
    """Who is meant, unless all of the desk are."""
    known = posts.get(one.desk, (one.desk,))
    return "" if set(known) <= set(one.posts) else ": " + ", ".join(colleague(post, known) for post in one.posts)


def way(one: Instead, posts: Sequence[str]) -> str:
    match one:
        case NewDate(starts_at):
            return short(starts_at)
        case OtherPost(post):
            return f"gleiche Zeit, {colleague(post, posts)}"


def colleague(post: str, posts: Sequence[str]) -> str:
    """A post has a number and no name.

    >>> colleague("rsk_troisdorf#2", ("rsk_troisdorf", "rsk_troisdorf#2"))
    'Fachkraft 2'
    """
    return f"Fachkraft {posts.index(post) + 1}" if post in posts else "frühere Fachkraft"
