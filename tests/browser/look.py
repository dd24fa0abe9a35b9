"""Looks at a page as somebody would who cannot see it, cannot point well, or has a small screen."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

_FAULTS = r"""
() => {
  const found = [];
  const seen = (it) => it.checkVisibility ? it.checkVisibility({visibilityProperty: true}) : it.offsetParent !== null;
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const name = (it) => `${it.tagName.toLowerCase()}.${it.className} "${(it.textContent || "").trim().slice(0, 30)}"`;

  if (all("h1").length !== 1) found.push("not exactly one h1");
  const ids = all("[id]").map((it) => it.id);
  ids.filter((id, n) => ids.indexOf(id) !== n).forEach((id) => found.push(`id twice: ${id}`));
  if (!document.documentElement.lang || !document.documentElement.dir) found.push("page without lang or dir");
  all(".bot, .colleague").filter((it) => !it.lang || !it.dir)
    .forEach((it) => found.push(`no lang or dir: ${name(it)}`));
  all("textarea, input:not([type=hidden]), select").filter((it) => !it.labels.length)
    .forEach((it) => found.push(`no label: ${name(it)}`));
  all("[aria-labelledby]").filter((it) => !document.getElementById(it.getAttribute("aria-labelledby")))
    .forEach((it) => found.push(`label is missing: ${name(it)}`));
  all("img").filter((it) => !it.hasAttribute("alt")).forEach((it) => found.push(`no alt: ${it.src}`));
  all("nav, [role=group], [role=log]").filter((it) => !it.getAttribute("aria-label"))
    .forEach((it) => found.push(`region without a name: ${name(it)}`));
  all("[style], script:not([src]), style").filter((it) => it.id !== "say" && it !== document.documentElement)
    .forEach((it) => found.push(`inline: ${name(it)}`));

  all("button, a[href], summary, textarea").filter((it) => seen(it) && !it.matches(".skip")).forEach((it) => {
    const box = it.getBoundingClientRect();
    if (!it.textContent.trim() && !it.labels) found.push(`nothing to read: ${name(it)}`);
    if (box.height < 43.5 || box.width < 43.5 && !it.matches("li a")) {
      found.push(`small to tap (${box.width.toFixed()}x${box.height.toFixed()}): ${name(it)}`);
    }
  });

  const rgb = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const light = (colour) => {
    const [r, g, b] = rgb(colour).map((c) => (c /= 255, c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (it) => {
    for (let at = it; at; at = at.parentElement) {
      const [r, g, b, a = 1] = rgb(getComputedStyle(at).backgroundColor);
      if (a > 0.99) return `rgb(${r}, ${g}, ${b})`;
    }
    return "rgb(255, 255, 255)";
  };
  const words = (it) => Array.from(it.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
  all("body *").filter((it) => words(it) && seen(it) && !it.matches("noscript, noscript *")).forEach((it) => {
    const style = getComputedStyle(it);
    if (parseFloat(style.fontSize) < 16) found.push(`small letters ${style.fontSize}: ${name(it)}`);
    const [a, b] = [light(style.color), light(ground(it))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5) found.push(`contrast ${contrast.toFixed(2)}: ${name(it)}`);
  });

  if (document.documentElement.scrollWidth > innerWidth) found.push(`wider than ${innerWidth}`);
  all("nav button").forEach((it) => {
    const box = it.getBoundingClientRect();
    if (box.bottom > innerHeight + 1 || box.top < 0) found.push(`out of sight: ${name(it)}`);
  });
  return found;
}
"""

_KEPT = """
async () => ({
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  cookies: document.cookie,
  address: location.pathname + location.search + location.hash,
})
"""


def faults(page: Page) -> list[str]:
    """What would keep somebody from reading, reaching or hearing something on this page, now."""
    found: list[str] = page.evaluate(_FAULTS)
    return found


def everything_kept(page: Page) -> dict[str, Any]:
    """What a script of the page could find again later, and where the page says it is."""
    kept: dict[str, Any] = page.evaluate(_KEPT)
    return kept
