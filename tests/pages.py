"""A visitor who refuses a page that is not sound, so that every test of a page is a test of its soundness too."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urljoin

import httpx
from starlette.types import ASGIApp

BASE: Final = "http://konsole.test"
_NO_LABEL_NEEDED: Final = frozenset({"hidden", "submit", "button"})
_VOID: Final = frozenset({"input", "meta", "link", "br", "img", "hr"})


class UnsoundPage(AssertionError):
    """A page has a fault that its reader would stumble over."""


@dataclass
class Form:
    """`fields` are what would be sent if nobody touched it; boxes of one name that are ticked together are a list."""

    action: str
    fields: dict[str, Any] = field(default_factory=dict)

    def tick(self, name: str, value: str) -> None:
        known = self.fields.get(name)
        self.fields[name] = value if known is None else [*(known if isinstance(known, list) else [known]), value]


class Page(HTMLParser):
    """What is on a page: its text, headings, links, forms and faults."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(convert_charrefs=True)
        self.status = response.status_code
        self.headers = response.headers
        self.html = response.text
        self.url = response.url
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.headings: Counter[str] = Counter()
        self.titles: list[str] = []
        self._lang = ""
        self._ids: Counter[str] = Counter()
        self._labelled: set[str] = set()
        self._named: list[tuple[str, str]] = []
        self._points_to: list[str] = []
        self._inline: list[str] = []
        self._text: list[str] = []
        self._open: list[str] = []
        self._textarea: str | None = None
        self._select: str | None = None
        self.feed(self.html)
        self.close()

    @property
    def text(self) -> str:
        return " ".join(" ".join(self._text).split())

    @property
    def form(self) -> Form:
        """The form of the page itself; every page also has one for signing out."""
        found = [form for form in self.forms if not form.action.endswith("/abmelden") and "csrf" in form.fields]
        assert len(found) == 1, f"{self.url} has {len(found)} forms of its own"
        return found[0]

    def faults(self) -> list[str]:
        found = [f"the id {name} is there {count} times" for name, count in self._ids.items() if count > 1]
        found += [f"the field {name} has no label" for name, own in self._named if own not in self._labelled]
        found += [f"#{name} leads nowhere" for name in self._points_to if name not in self._ids]
        found += [f"there is an inline {what}" for what in self._inline]
        if self.headings["h1"] != 1:
            found.append(f"there are {self.headings['h1']} h1")
        if not self._lang:
            found.append("the page has no lang")
        if not "".join(self.titles).strip():
            found.append("the page has no title")
        if {"None", "Undefined"} & set(self.text.split()):
            found.append("a value is missing in the text")
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open.append(tag)
        self._look_at(tag, given)
        match tag:
            case "html":
                self._lang = given.get("lang", "")
            case "h1" | "h2" | "h3":
                self.headings[tag] += 1
            case "a":
                self.links.append(given.get("href", ""))
            case "label":
                self._labelled.add(given.get("for", ""))
            case "form":
                self.forms.append(Form(given.get("action", "")))
            case "input" | "select" | "textarea":
                self._field(tag, given)
            case "option":
                self._option(given)
            case _:
                pass

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            raise UnsoundPage(f"{self.url}: </{tag}> closes nothing")
        if tag == "textarea":
            self._textarea = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"]:
            self.titles.append(data)
        elif self._textarea is not None and self.forms:
            self.forms[-1].fields[self._textarea] += data
        else:
            self._text.append(data)

    def _look_at(self, tag: str, given: dict[str, str]) -> None:
        if "id" in given:
            self._ids[given["id"]] += 1
        if "style" in given or tag == "style":
            self._inline.append("style")
        if (tag == "script" and "src" not in given) or any(name.startswith("on") for name in given):
            self._inline.append("script")
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self._points_to += given.get(name, "").split()
        if given.get("href", "").startswith("#"):
            self._points_to.append(given["href"][1:])

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "")
        if kind not in _NO_LABEL_NEEDED and "aria-label" not in given:
            self._named.append((name, given.get("id", "")))
        if tag == "textarea":
            self._textarea = name
        if tag == "select":
            self._select = name
        elif self.forms and kind == "checkbox" and "checked" in given:
            self.forms[-1].tick(name, given.get("value", ""))
        elif (
            self.forms
            and kind not in ("checkbox", "file")
            and (kind != "radio" or "checked" in given)
            and "disabled" not in given
        ):
            self.forms[-1].fields[name] = given.get("value", "")

    def _option(self, given: dict[str, str]) -> None:
        """The chosen one, else the first."""
        if self.forms and self._select and ("selected" in given or self._select not in self.forms[-1].fields):
            self.forms[-1].fields[self._select] = given.get("value", "")


class Visitor:
    """A browser without a screen: keeps cookies, sends forms, follows redirects when told, inspects each page."""

    def __init__(self, site: ASGIApp, mounted_at: str = "") -> None:
        self.cookies = httpx.Cookies()
        self._site = site
        self._base = BASE + mounted_at

    def get(self, path: str, *, follow: bool = True) -> Page:
        return self._inspect(self._ask("GET", path), follow)

    def raw(self, path: str) -> httpx.Response:
        """What is no page: a file."""
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, Any], *, follow: bool = True, origin: str | None = None) -> Page:
        headers = {"origin": origin} if origin else {}
        return self._inspect(self._ask("POST", path, data=fields, headers=headers), follow)

    def upload(self, page: Page, field: str, name: str, body: bytes) -> Page:
        """Sends the page's own form with a file."""
        target = urljoin(str(page.url), page.form.action)
        return self._inspect(self._ask("POST", target, data=page.form.fields, files={field: (name, body)}), True)

    def send(self, page: Page, **answers: Any) -> Page:
        """Fills in the page's own form and sends it."""
        target = urljoin(str(page.url), page.form.action) if page.form.action else str(page.url)
        return self.post(target, page.form.fields | answers)

    def _inspect(self, response: httpx.Response, follow: bool) -> Page:
        page = Page(response)
        if response.is_redirect:
            return self.get(urljoin(str(response.url), response.headers["location"])) if follow else page
        if response.headers.get("content-type", "").startswith("text/html") and (faults := page.faults()):
            raise UnsoundPage(f"{response.url}: {'; '.join(faults)}")
        return page

    def _ask(self, method: str, path: str, **given: object) -> httpx.Response:
        return asyncio.run(self._asked(method, path if path.startswith("http") else self._base + path, **given))

    async def _asked(self, method: str, url: str, **given: object) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._site)
        async with httpx.AsyncClient(transport=transport, cookies=self.cookies) as client:
            response = await client.request(method, url, **given)  # type: ignore[arg-type]  # data, files and headers only
            self.cookies = client.cookies
            return response
