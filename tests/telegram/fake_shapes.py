"""Every call must have the shape that aiogram's own method classes describe: names, required fields, types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

from tests.telegram.fake_faults import bad

_JSON = frozenset(
    {
        "reply_markup",
        "entities",
        "caption_entities",
        "link_preview_options",
        "allowed_updates",
        "commands",
        "scope",
        "menu_button",
        "reply_parameters",
    }
)


@cache
def _classes() -> Mapping[str, Any]:
    from aiogram import methods

    found = (getattr(methods, name) for name in methods.__all__)
    return {one.__api_method__: one for one in found if isinstance(getattr(one, "__api_method__", None), str)}


def load() -> None:
    """Importing aiogram takes seconds; nobody shall wait for it within a call."""
    _classes()


def check_shape(method: str, params: Mapping[str, Any]) -> None:
    """Raises `Refused` for a parameter that the method does not have, lacks, or cannot take."""
    described = _classes()[method]
    named = {key: value for key, value in params.items() if not isinstance(value, tuple)}
    uploads = {key for key, value in params.items() if isinstance(value, tuple)}
    unknown = sorted(set(named) - set(described.model_fields))
    if unknown:
        raise bad(f"{method} has no parameter {', '.join(unknown)}")
    values = {key: _value(key, value) for key, value in named.items()}
    values |= {key: "attached" for key in uploads if key in described.model_fields}
    try:
        described.model_validate(values)
    except ValidationError as error:
        places = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise bad(f"{method}: {places}") from None


def _value(key: str, value: Any) -> Any:
    if key in _JSON and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {key} JSON object") from None
    return value
