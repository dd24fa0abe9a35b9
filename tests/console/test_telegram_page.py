"""A colleague links their own Telegram account with a code from the console, and cuts it off there."""

from __future__ import annotations

from tests.casework import COLLEAGUES
from tests.console.desk_work import DeskWork

ANNE = COLLEAGUES[0].id


def test_the_code_is_shown_once_and_stands_in_no_later_page() -> None:
    work = DeskWork()
    visitor = work.signed_in(ANNE)
    page = visitor.get("/telegram")
    assert "noch kein Telegram-Konto verbunden" in page.text
    shown = visitor.send(page)
    assert f"/start code-of-{ANNE}" in shown.text
    assert "code-of-" not in visitor.get("/telegram").text


def test_an_account_is_cut_off_at_once() -> None:
    work = DeskWork()
    work.store.rows.linked.add(ANNE)
    visitor = work.signed_in(ANNE)
    csrf = visitor.get("/telegram").forms[0].fields["csrf"]
    visitor.post("/telegram/loesen", {"csrf": csrf})
    assert ANNE not in work.store.rows.linked
