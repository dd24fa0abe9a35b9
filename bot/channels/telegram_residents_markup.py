"""What stands under a message in Telegram: buttons, or a keyboard in place of the letters, or its end."""

from __future__ import annotations

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.channels.telegram_port import Words


def has_keyboard(words: Words) -> bool:
    return words.closes or words.contact is not None


def markup_of(words: Words) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    if words.closes:
        return ReplyKeyboardRemove(remove_keyboard=True)
    if words.contact is None:
        return inline(words)
    button = KeyboardButton(text=words.contact, request_contact=True)
    return ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True)


def inline(words: Words) -> InlineKeyboardMarkup | None:
    if not words.rows:
        return None
    rows = [[InlineKeyboardButton(text=key.label, callback_data=key.data) for key in row] for row in words.rows]
    return InlineKeyboardMarkup(inline_keyboard=rows)
