"""What is useful for the first meeting and always optional: interpreter, how to be reached, a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.dialogs.reading import a_phone_number, an_email_address, plain
from bot.dialogs.screen import Asks, Choice, Screen, Step, View, always, buttons, to
from bot.dialogs.screens.how import after_details
from bot.dialogs.session import Reach
from bot.i18n.languages import BY_TAG
from bot.i18n.text import Text, _, data
from bot.understanding.recognise import Recognition

LONGEST_NAME: Final = 80


def _asks_interpreter(view: View) -> tuple[Text, ...]:
    language = BY_TAG[view.session.language or "de"]
    return (
        _("Do you want an interpreter for {language} in the meeting?", language=data(language.in_a_sentence)),
        _("An interpreter is somebody who translates. It costs you nothing. I pass on your wish."),
    )


def _hears_phone(view: View, text: str, recognition: Recognition) -> Step:
    number = a_phone_number(text)
    if number is None:
        return view.stay(
            _(
                "This is not a phone number. Please write only the number, for example {example}.",
                example=data("0151 23456789"),
            )
        )
    return view.go("name", reach=Reach("phone", number))


def _hears_email(view: View, text: str, recognition: Recognition) -> Step:
    address = an_email_address(text)
    if address is None:
        return view.stay(
            _("This is not an e-mail address. It looks like this: {example}.", example=data("name@example.org"))
        )
    return view.go("name", reach=Reach("email", address))


def _hears_name(view: View, text: str, recognition: Recognition) -> Step:
    name = " ".join(plain(text).split())
    if len(name) > LONGEST_NAME:
        return view.stay(_("This is too long for a name. Please write at most {n} letters.", n=LONGEST_NAME))
    return _with_name(name)(view)


def _with_name(name: str | None) -> Callable[[View], Step]:
    def go_on(view: View) -> Step:
        step = view.stay(name=name)
        return after_details(View(session=step.session, know=view.know, now=view.now, matters=view.matters))

    return go_on


SCREENS: Final = (
    Screen(
        id="interpreter",
        says=_asks_interpreter,
        choices=buttons(
            Choice("yes", _("Yes, please"), to("reach", interpreter=True)),
            Choice("no", _("No, I do not need one"), to("reach", interpreter=False)),
            Choice("skip", _("Skip this question"), to("reach", interpreter=None)),
        ),
        parent="how",
        step=8,
    ),
    Screen(
        id="reach",
        says=always(_("How may the desk reach you if something changes?")),
        choices=buttons(
            Choice("chat", _("Here in the chat"), to("name", reach=Reach("chat"))),
            Choice("phone", _("By phone"), "reach.phone"),
            Choice("email", _("By e-mail"), "reach.email"),
        ),
        parent="interpreter",
        step=8,
    ),
    Screen(
        id="reach.phone",
        says=always(_("Please write your phone number.")),
        choices=buttons(Choice("chat", _("No, only here in the chat"), to("name", reach=Reach("chat")))),
        hears=_hears_phone,
        asks=Asks.PHONE,
        parent="reach",
        step=8,
    ),
    Screen(
        id="reach.email",
        says=always(_("Please write your e-mail address.")),
        choices=buttons(Choice("chat", _("No, only here in the chat"), to("name", reach=Reach("chat")))),
        hears=_hears_email,
        asks=Asks.EMAIL,
        parent="reach",
        step=8,
    ),
    Screen(
        id="name",
        says=always(
            _("What is your name? You may also write only your first name, or nothing."),
            _("The desk then knows how to address you."),
        ),
        choices=buttons(Choice("without", _("Without a name"), _with_name(None))),
        hears=_hears_name,
        parent="reach",
        step=8,
    ),
)
