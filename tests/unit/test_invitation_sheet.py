"""The sheet of an invitation: one page in each language, with letters that are joined and no name on it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.app.invitation_sheet import SheetsNotInstalled, qr_code, sheet
from bot.handoff.invitations import Invitation
from bot.i18n.languages import LANGUAGES
from tests.talk import premises

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LINK = "https://lotse.example/chat/invited/" + "0a1b2c" * 6


def a_sheet(language: str, telegram: str | None = None) -> bytes:
    invitation = Invitation(id=1, language=language, made_at=NOW, expires_at=NOW + timedelta(days=14))
    return sheet(premises().catalogues[language], invitation, LINK, telegram)


def test_the_qr_code_is_a_picture() -> None:
    assert qr_code(LINK).startswith(b"\x89PNG")


@pytest.mark.parametrize("language", [language.tag for language in LANGUAGES])
def test_there_is_one_page_in_each_language(language: str) -> None:
    pdf = a_sheet(language, "https://t.me/lotse_bot?start=" + "0a1b2c" * 6)
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1


@pytest.mark.parametrize(("language", "font"), [("ar", b"NotoSansArabic"), ("uk", b"NotoSans")])
def test_the_letters_come_along_in_the_file(language: str, font: bytes) -> None:
    assert font in a_sheet(language)
    assert b"/FontFile2" in a_sheet(language)


def test_without_the_library_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "uharfbuzz", None)
    with pytest.raises(SheetsNotInstalled, match="fpdf2"):
        a_sheet("ar")
