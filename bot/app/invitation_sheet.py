"""An invitation on paper: what it is, in the language of the person who gets it, with a QR code. It names nobody.

Letters are joined and lines run in the script's own direction: fpdf2 shapes with HarfBuzz, the fonts are Noto Sans.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from typing import Any, Final

import segno

from bot.booking.hours import BERLIN
from bot.handoff.invitations import Invitation
from bot.i18n.catalogs import Catalogue
from bot.i18n.text import Text, _, data

_MARGIN: Final = 24
_CODE: Final = 70
_A4_WIDTH: Final = 210
_FONTS: Final = {
    "Latin": ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    "Arabic": ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
}
#: OpenType's names of the languages that are written in Arabic letters.
_SHAPED_AS: Final = {"ar": "ARA", "fa": "FAR"}


class SheetsNotInstalled(RuntimeError):
    """Invitations cannot be printed: fpdf2, uharfbuzz, fontpkg-noto-sans or fontpkg-noto-sans-arabic is missing."""

    def __str__(self) -> str:
        return self.__doc__ or ""


def qr_code(link: str) -> bytes:
    """The link as a picture (PNG) that a phone can read from a screen."""
    picture = io.BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=10, border=4)
    return picture.getvalue()


def sheet(catalogue: Catalogue, invitation: Invitation, link: str, telegram: str | None) -> bytes:
    """One page A4 (PDF) in the language of the catalogue."""
    pdf = _page(catalogue)
    _write(pdf, catalogue, _HEADING, 24)
    for text in _WHAT:
        _write(pdf, catalogue, text, 14)
    _put_code(pdf, link)
    for address in (link, *((telegram,) if telegram else ())):
        _write_address(pdf, address)
    pdf.ln(3)
    _turn(pdf, catalogue)
    for text in _how(invitation):
        _write(pdf, catalogue, text, 12)
    return bytes(pdf.output())


_HEADING: Final = _("An invitation for you")
_WHAT: Final = (
    _("Lotse is a free chat. It helps you find the right place for your question, in your language."),
    _("It is voluntary. You decide alone what you say there. Nobody has written your name anywhere."),
    _("Open the camera of your phone and hold it over the square. Or type the address."),
)


def _how(invitation: Invitation) -> Iterator[Text]:
    until = invitation.expires_at.astimezone(BERLIN).date()
    yield _("This invitation works for one person and only once, until {day}.", day=until)
    yield _(
        "In danger, call {ambulance} (ambulance, fire service) or {police} (police).",
        ambulance=data("112"),
        police=data("110"),
    )


def _page(catalogue: Catalogue) -> Any:
    pdf = _library().FPDF(format="A4")
    pdf.set_margins(_MARGIN, _MARGIN)
    pdf.set_title("Lotse")
    pdf.add_page()
    for family, (package, file) in _FONTS.items():
        pdf.add_font(family, fname=_font(package, file))
    _turn(pdf, catalogue)
    return pdf


def _turn(pdf: Any, catalogue: Catalogue) -> None:
    """From here on lines run as they do in this language."""
    right_to_left = catalogue.language.direction == "rtl"
    pdf.set_fallback_fonts(["Latin" if right_to_left else "Arabic"], exact_match=False)
    pdf.set_font("Arabic" if right_to_left else "Latin")
    shaping: dict[str, Any] = {"direction": catalogue.language.direction}
    if right_to_left:
        shaping |= {"script": "arab", "language": _SHAPED_AS[catalogue.language.tag]}
    pdf.set_text_shaping(use_shaping_engine=True, **shaping)


def _write_address(pdf: Any, address: str) -> None:
    """An address is read from left to right in every language."""
    pdf.set_font("Latin", size=11)
    pdf.set_text_shaping(use_shaping_engine=True, direction="ltr")
    pdf.multi_cell(0, 7, address, align="C", new_x="LMARGIN", new_y="NEXT")


def _write(pdf: Any, catalogue: Catalogue, text: Text, size: int) -> None:
    align = "R" if catalogue.language.direction == "rtl" else "L"
    pdf.set_font_size(size)
    pdf.multi_cell(0, size * 0.55, catalogue.render(text), align=align, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(size * 0.25)


def _put_code(pdf: Any, link: str) -> None:
    pdf.image(io.BytesIO(qr_code(link)), x=(_A4_WIDTH - _CODE) / 2, w=_CODE)
    pdf.ln(3)


def _library() -> Any:
    try:
        import_module("uharfbuzz")
        return import_module("fpdf")
    except ImportError as error:
        raise SheetsNotInstalled from error


def _font(package: str, file: str) -> str:
    try:
        return str(files(package) / "files" / file)
    except ImportError as error:
        raise SheetsNotInstalled from error
