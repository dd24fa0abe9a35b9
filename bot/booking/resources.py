"""What only one appointment can have at a time: a colleague's post, a room, an interpreter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    POST = "post"
    ROOM = "room"
    INTERPRETER = "interpreter"


@dataclass(frozen=True, slots=True)
class Need:
    """One of these is enough, whichever is free."""

    role: Role
    one_of: tuple[str, ...]


def post_name(desk: str, number: int) -> str:
    """The first post of a desk has the desk's name: most desks have no other.

    >>> post_name("rsk_troisdorf", 1), post_name("rsk_troisdorf", 3)
    ('rsk_troisdorf', 'rsk_troisdorf#3')
    """
    return desk if number == 1 else f"{desk}#{number}"


def posts_of(desk: str, count: int) -> tuple[str, ...]:
    return tuple(post_name(desk, number) for number in range(1, count + 1))


def desk_of(post: str) -> str:
    return post.partition("#")[0]
