"""The words of the chat page itself, beside what the dialog says: its field, its buttons, its notices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bot.i18n.text import Text, _

WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "title": _("Lotse: find the right help"),
        "subtitle": _("Find the right help, in your language"),
        "conversation": _("Conversation"),
        "skip": _("Go to the text field"),
        "start": _("Start"),
        "start_why": _("You do not need an account."),
        "invited": _("Somebody who is helping you invites you to this chat."),
        "invited_why": _("The invitation works for one person and only once. You decide alone what you say."),
        "moved": _("Here you go on with your conversation."),
        "moved_why": _("What you have told me before is here as soon as you tap the button. The link works only once."),
        "record": _("Record a voice message"),
        "recording": _("Recording"),
        "throw_away": _("Throw away"),
        "picture": _("Send a picture"),
        "said_voice": _("Voice message"),
        "said_picture": _("Picture"),
        "no_microphone": _("The microphone does not work here. Please allow it in the browser, or write."),
        "file_too_large": _("This file is too large. Please send a smaller one."),
        "file_odd": _("I cannot keep this kind of file. Please send a photo (JPEG or PNG)."),
        "say": _("Type here"),
        "send": _("Send"),
        "you": _("You"),
        "bot": _("Lotse (computer program)"),
        "colleague": _("A person from the counselling team writes:"),
        "choices": _("Possible answers"),
        "chosen": _("Your choice"),
        "always": _("Always possible"),
        "writing": _("One moment, please."),
        "lost": _("The connection is lost. Trying again."),
        "sending": _("Not sent yet"),
        "too_long": _("Your text is too long for one message. It is still in the field. Please send it in two parts."),
        "not_understood": _("This could not be sent. Please try again."),
        "read_aloud": _("Read aloud"),
        "stop_reading": _("Stop reading"),
        "save_file": _("Save this file"),
        "refresh": _("Look for new messages"),
        "leave": _("Leave"),
        "leave_why": _(
            "Do other people use this device? When you leave, they cannot see this conversation here. "
            "You cannot open it here again either."
        ),
        "leave_yes": _("Leave the chat on this device"),
    }
)


def words(render: Callable[[Text], str]) -> dict[str, str]:
    """The words in the language that `render` writes; a delivery may carry them as its `ui`."""
    return {name: render(text) for name, text in WORDS.items()}
