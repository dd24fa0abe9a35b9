"""What Telegram shows of the staff bot, in German: name, descriptions, commands. Only what differs is sent.

Telegram allows few changes of a name a day, so it is read first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from telegram import Bot, BotCommand, MenuButtonCommands
from telegram.error import TelegramError

from bot.channels.telegram_port import Hook, NotNow
from bot.channels.telegram_raw import ALLOWED_UPDATES
from bot.channels.telegram_staff import staff_bot

NAME: Final = "Lotse für Fachkräfte"
#: Before the first message, in the empty chat: everybody can open it.
DESCRIPTION: Final = (
    "Für Fachkräfte des Kommunalen Integrationsmanagements, deren Konto in der Konsole verbunden ist. "
    "Hier stehen Hinweise auf neue Karten, ohne Namen, Telefonnummern oder Worte der Menschen. "
    "Wer Hilfe sucht, ist hier falsch: Bitte nutzen Sie den Chat für Ratsuchende."
)
SHORT: Final = "Hinweise auf neue Karten, für Fachkräfte mit verbundenem Konto."


async def present(token: str, api: str, commands: Mapping[str, str], hook: Hook | None) -> int:
    """Telegram shows the bot so from now on and, with a hook, delivers there; returns how much of it was changed.

    Raises `NotNow`, without Telegram's own words: they may have the token in them.
    """
    try:
        async with staff_bot(token, api) as bot:
            if hook is not None:
                await bot.set_webhook(hook.url, secret_token=hook.secret, allowed_updates=[*ALLOWED_UPDATES])
            return await _shown(bot, commands)
    except TelegramError as error:
        raise NotNow(type(error).__name__) from None


async def _shown(bot: Bot, commands: Mapping[str, str]) -> int:
    changed = 0
    if (await bot.get_my_name()).name != NAME:
        await bot.set_my_name(NAME)
        changed += 1
    if (await bot.get_my_description()).description != DESCRIPTION:
        await bot.set_my_description(DESCRIPTION)
        changed += 1
    if (await bot.get_my_short_description()).short_description != SHORT:
        await bot.set_my_short_description(SHORT)
        changed += 1
    if {one.command: one.description for one in await bot.get_my_commands()} != dict(commands):
        await bot.set_my_commands([BotCommand(name, said) for name, said in commands.items()])
        changed += 1
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    return changed
