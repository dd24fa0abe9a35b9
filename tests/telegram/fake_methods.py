"""The methods of the Bot API that our bots use, with their refusals."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.telegram import fake_rules as rules
from tests.telegram.fake_faults import Refused, bad
from tests.telegram.fake_world import BotAccount, Sent, Webhook, World

Params = Mapping[str, Any]
Method = Callable[[World, BotAccount, Params], Any]

_NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_HOOKED: Final = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"


def get_me(world: World, bot: BotAccount, params: Params) -> Any:
    return {**bot.as_user(), "can_join_groups": True, "can_read_all_group_messages": False}


def send_message(world: World, bot: BotAccount, params: Params) -> Any:
    chat = bot.chat(params["chat_id"])
    shown = rules.checked_text(rules.parsed(params.get("text", ""), params.get("parse_mode"), params.get("entities")))
    return _sent(bot, chat, params, text=shown)


def send_document(world: World, bot: BotAccount, params: Params) -> Any:
    chat, given = bot.chat(params["chat_id"]), params.get("document") or params.get("photo")
    if isinstance(given, str) and given.startswith("attach://"):
        given = params.get(given.removeprefix("attach://"))
    if not isinstance(given, tuple):
        raise bad("there is no document in the request")
    if not given[1]:
        raise bad("file must be non-empty")
    if params.get("caption"):
        caption = rules.parsed(params["caption"], params.get("parse_mode"), params.get("caption_entities"))
        return _sent(bot, chat, params, text=rules.checked_text(caption, rules.LONGEST_CAPTION), file=given)
    return _sent(bot, chat, params, file=given)


def edit_message_text(world: World, bot: BotAccount, params: Params) -> Any:
    message = bot.message(params.get("chat_id"), params.get("message_id"), "edit")
    text = rules.parsed(params.get("text", ""), params.get("parse_mode"), params.get("entities"))
    return _edited(message, rules.checked_text(text), rules.keyboard(params.get("reply_markup")), bot)


def edit_message_reply_markup(world: World, bot: BotAccount, params: Params) -> Any:
    message = bot.message(params.get("chat_id"), params.get("message_id"), "edit")
    return _edited(message, message.text, rules.keyboard(params.get("reply_markup")), bot)


def delete_message(world: World, bot: BotAccount, params: Params) -> Any:
    message = bot.message(params.get("chat_id"), params.get("message_id"), "delete")
    bot.chats[message.chat].remove(message)
    return True


def answer_callback_query(world: World, bot: BotAccount, params: Params) -> Any:
    query = bot.queries.get(str(params.get("callback_query_id")))
    if query is None or query.answered or world.now() - query.at > 150:
        raise bad(_TOO_OLD)
    if rules.units(params.get("text", "")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    query.answered = True
    return True


def send_chat_action(world: World, bot: BotAccount, params: Params) -> Any:
    bot.chat(params["chat_id"])
    return True


def get_file(world: World, bot: BotAccount, params: Params) -> Any:
    if params.get("file_id") not in bot.files:
        raise bad("wrong file_id or the file is temporarily unavailable")
    name = params["file_id"]
    return {"file_id": name, "file_unique_id": f"u{name}", "file_size": len(bot.files[name]), "file_path": f"f/{name}"}


def leave_chat(world: World, bot: BotAccount, params: Params) -> Any:
    if int(params["chat_id"]) not in bot.groups:
        raise bad("chat not found")
    bot.groups.remove(int(params["chat_id"]))
    return True


def set_webhook(world: World, bot: BotAccount, params: Params) -> Any:
    url, secret = params.get("url", ""), params.get("secret_token", "")
    if not re.match(r"https://|http://127\.0\.0\.1[:/]", url):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad("secret token contains unallowed characters")
    _allow(bot, params)
    bot.webhook = Webhook(url=url, secret=secret, max_connections=int(params.get("max_connections", 40)))
    if _true(params.get("drop_pending_updates")):
        bot.waiting.clear()
    return True


def delete_webhook(world: World, bot: BotAccount, params: Params) -> Any:
    bot.webhook = None
    if _true(params.get("drop_pending_updates")):
        bot.waiting.clear()
    return True


def get_webhook_info(world: World, bot: BotAccount, params: Params) -> Any:
    url = bot.webhook.url if bot.webhook else ""
    return {"url": url, "has_custom_certificate": False, "pending_update_count": len(bot.waiting)}


def before_updates(world: World, bot: BotAccount, params: Params) -> list[dict[str, Any]]:
    """What getUpdates gives at once: confirms what is before the offset."""
    if bot.webhook is not None:
        raise Refused(409, f"Conflict: {_HOOKED}")
    _allow(bot, params)
    offset, limit = int(params.get("offset", 0)), min(int(params.get("limit", 100)), 100)
    while bot.waiting and bot.waiting[0].update["update_id"] < offset:
        bot.waiting.popleft()
    world.drop_old(bot)
    return [one.update for one in list(bot.waiting)[:limit] for _ in range(world.deliver_times)]


def _present(kind: str, key: str, limit: int) -> Method:
    def present(world: World, bot: BotAccount, params: Params) -> Any:
        if rules.units(params.get(key, "")) > limit:
            raise bad(f"{key} is too long")
        bot.presented[kind, params.get("language_code", "")] = params.get(key, "")
        return True

    return present


def _presented(kind: str, key: str) -> Method:
    def presented(world: World, bot: BotAccount, params: Params) -> Any:
        everybody = bot.presented.get((kind, ""), bot.username if kind == "name" else "")
        return {key: bot.presented.get((kind, params.get("language_code", ""))) or everybody}

    return presented


def set_my_commands(world: World, bot: BotAccount, params: Params) -> Any:
    commands = json.loads(params["commands"]) if isinstance(params["commands"], str) else params["commands"]
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= rules.units(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    bot.presented["commands", params.get("language_code", "")] = commands
    return True


def get_my_commands(world: World, bot: BotAccount, params: Params) -> Any:
    return bot.presented.get(("commands", params.get("language_code", "")), [])


def set_chat_menu_button(world: World, bot: BotAccount, params: Params) -> Any:
    button = params.get("menu_button")
    bot.presented["menu", ""] = json.loads(button) if isinstance(button, str) else button
    return True


METHODS: Final[Mapping[str, Method]] = {
    "getMe": get_me, "sendMessage": send_message, "sendDocument": send_document, "sendPhoto": send_document,
    "editMessageText": edit_message_text, "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message, "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action, "getFile": get_file, "leaveChat": leave_chat, "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook, "getWebhookInfo": get_webhook_info, "getUpdates": before_updates,
    "setMyName": _present("name", "name", 64), "getMyName": _presented("name", "name"),
    "setMyDescription": _present("description", "description", 512),
    "getMyDescription": _presented("description", "description"),
    "setMyShortDescription": _present("short", "short_description", 120),
    "getMyShortDescription": _presented("short", "short_description"),
    "setMyCommands": set_my_commands, "getMyCommands": get_my_commands, "setChatMenuButton": set_chat_menu_button,
}  # fmt: skip


def _sent(bot: BotAccount, chat: list[Sent], params: Params, **content: Any) -> dict[str, Any]:
    keyboard, instead = rules.keyboard(params.get("reply_markup")), rules.reply_keyboard(params.get("reply_markup"))
    number, guarded = bot.new_number(), _true(params.get("protect_content"))
    looks: dict[str, Any] = {"keyboard": keyboard, "protected": guarded, "fixed": instead is not None}
    message = Sent(id=number, chat=int(params["chat_id"]), by_bot=True, **looks, **content)
    chat.append(message)
    if instead is not None:
        bot.keyboards[message.chat] = instead
    return as_json(message, bot)


def _edited(message: Sent, text: str, keyboard: list[list[dict[str, str]]], bot: BotAccount) -> dict[str, Any]:
    if (message.text, message.keyboard) == (text, keyboard):
        raise bad(_NOT_MODIFIED)
    message.text, message.keyboard, message.edits = text, keyboard, message.edits + 1
    return as_json(message, bot)


def as_json(message: Sent, bot: BotAccount) -> dict[str, Any]:
    """The message as Telegram gives it to a bot."""
    chat = {"id": message.chat, "type": "private", "first_name": "Sample"}
    found: dict[str, Any] = {"message_id": message.id, "date": 1_790_000_000, "chat": chat}
    found["from"] = bot.as_user() if message.by_bot else {"id": message.chat, "is_bot": False, "first_name": "Sample"}
    if message.file:
        name, _ = message.file
        found["document"] = {"file_id": f"d{message.id}", "file_unique_id": f"u{message.id}", "file_name": name}
        found |= {"caption": message.text} if message.text else {}
    else:
        found["text"] = message.text
    return found | ({"reply_markup": {"inline_keyboard": message.keyboard}} if message.keyboard else {})


def _allow(bot: BotAccount, params: Params) -> None:
    given = params.get("allowed_updates")
    if given is not None:
        bot.allowed = json.loads(given) if isinstance(given, str) else given


def _true(value: Any) -> bool:
    return str(value).lower() in ("true", "1")
