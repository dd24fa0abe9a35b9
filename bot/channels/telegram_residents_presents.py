"""Name, descriptions, commands and menu button are registered with Telegram; only what differs is sent.

Telegram allows few changes of a name a day, so it is read first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import BotCommand, MenuButtonCommands

from bot.channels.telegram_port import Hook, NotNow
from bot.channels.telegram_raw import ALLOWED_UPDATES
from bot.channels.telegram_residents_post import residents_bot
from bot.channels.telegram_words import NAME, Presented

#: For everybody whose client speaks none of the nine languages.
ELSE: Final = "en"


async def present(token: str, api: str, languages: Mapping[str, Presented], hook: Hook | None) -> int:
    """Telegram shows the bot so from now on and, with a hook, delivers there; returns how much of it was changed.

    What waits for delivery is kept. Raises `NotNow`, without Telegram's own words.
    """
    bot = residents_bot(token, api)
    try:
        if hook is not None:
            await bot.set_webhook(hook.url, secret_token=hook.secret, allowed_updates=[*ALLOWED_UPDATES])
        return await _shown(bot, languages)
    except (TelegramAPIError, ClientDecodeError) as error:
        raise NotNow(type(error).__name__) from None
    finally:
        await bot.session.close()


async def _shown(bot: Bot, languages: Mapping[str, Presented]) -> int:
    changed = await _named(bot)
    for tag, words in ((None, languages[ELSE]), *languages.items()):
        changed += await _described(bot, tag, words) + await _commanded(bot, tag, words)
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    return changed


async def _named(bot: Bot) -> int:
    if (await bot.get_my_name()).name == NAME:
        return 0
    await bot.set_my_name(NAME)
    return 1


async def _described(bot: Bot, tag: str | None, words: Presented) -> int:
    changed = 0
    if (await bot.get_my_description(language_code=tag)).description != words.description:
        await bot.set_my_description(words.description, language_code=tag)
        changed += 1
    if (await bot.get_my_short_description(language_code=tag)).short_description != words.short:
        await bot.set_my_short_description(words.short, language_code=tag)
        changed += 1
    return changed


async def _commanded(bot: Bot, tag: str | None, words: Presented) -> int:
    known = await bot.get_my_commands(language_code=tag)
    if {one.command: one.description for one in known} == words.commands:
        return 0
    wanted = [BotCommand(command=name, description=said) for name, said in words.commands.items()]
    await bot.set_my_commands(wanted, language_code=tag)
    return 1
