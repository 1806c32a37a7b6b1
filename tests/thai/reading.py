"""Opens and reads a screen in a browser: what is written, what would be said aloud."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.urls import resolve

from tests.thai.words import SAID, Found, Words

if TYPE_CHECKING:
    from playwright.sync_api import Page as Window

# Whether it is seen now or only when something is opened: hidden parts, templates and
# shadow roots too. Left out: a counter that counts nothing yet, a button of the date
# picker that is switched off, and what stands in a frame for want of a frame.
WINDOW = """() => {
  const NAMES = SAID;
  const NEVER = "[data-side-panel-toggle-counter][hidden], .xdsoft_save_selected";
  const isRead = (node) => node.nodeType === 3 ? node.parentNode.nodeName !== "IFRAME"
    : !/^(SCRIPT|STYLE|NOSCRIPT)$/.test(node.nodeName) && !node.matches(NEVER);
  const texts = new Set();
  const add = (text) => texts.add(text.replace(/\\s+/g, " ").trim());
  const read = (root) => {
    const walker = document.createTreeWalker(root, 5, (node) => isRead(node) ? 1 : 2);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node.nodeType === 3) add(node.data);
      if (node.nodeType !== 1) continue;
      for (const name of NAMES) add(node.getAttribute(name) ?? "");
      if (node.nodeName === "INPUT" && /^(submit|button|reset)$/.test(node.type))
        add(node.value);
      if (node.content instanceof DocumentFragment) read(node.content);
      if (node.shadowRoot) read(node.shadowRoot);
    }
  };
  read(document.documentElement);
  const links = [...document.querySelectorAll("a[href]")];
  return {texts: [...texts], links: links.map((a) => a.getAttribute("href"))};
}""".replace("SAID", str(list(SAID)))

# What opens something where it is, without leaving the screen.
OPENERS = (
    "[data-w-dropdown-target=toggle]",
    "[data-side-panel-toggle]",
    "[data-a11y-dialog-show]",
    "input[autocomplete=off]:not([type=hidden])",  # dates
    "button.sidebar-menu-item__link",
)
OPEN_ALL = """(selector) => {
  const seen = [...document.querySelectorAll(selector)]
    .filter((e) => e.checkVisibility({checkVisibilityCSS: true}))
    .filter((e) => !e.dataset.openedOnTheWalk).slice(0, 12);
  for (const e of seen) { e.dataset.openedOnTheWalk = 1; e.focus(); e.click(); }
  return seen.length;
}"""
CHOOSERS = """() => {
  const kinds = new Set();
  return [...document.querySelectorAll("[data-chooser-action-choose]")]
    .map((button, at) => [button, at])
    .filter(([button]) => button.matches(":enabled"))
    .filter(([button]) => button.checkVisibility({checkVisibilityCSS: true}))
    .filter(([button]) => {
      const kind = button.closest(".chooser")?.className.replace(/ *blank/, "");
      return !kinds.has(kind) && kinds.add(kind);
    }).map(([, at]) => at);
}"""
PRESS = """([selector, at]) => document.querySelectorAll(selector)[at].click()"""
MODAL = ".modal.in .modal-body"
# Not by its own button: it fades, and what it covers cannot be pressed meanwhile.
CLOSE = """() => {
  for (const e of document.querySelectorAll(".modal, .modal-backdrop")) e.remove();
  document.body.classList.remove("modal-open");
}"""

# In milliseconds; a machine may have much else to do.
PATIENCE = 120_000
TAB = ".w-tabs__list [role=tab]:visible"
ADD_BLOCK = ".c-sf-add-button:visible"
KIND_OF_BLOCK = "[role=option]:visible"
CHOOSER = "[data-chooser-action-choose]"


class Opener:
    """Lets the scripts of a page run in a browser, and opens whatever can be opened.

    Not where the same view has the same buttons as before, whoever it was that met it.
    """

    def __init__(self, window: Window) -> None:
        self.window = window
        self._seen: set[tuple[str, frozenset[str]]] = set()

    def __call__(self, address: str, words: Words) -> Iterator[tuple[str, Found]]:
        here = (resolve(urlsplit(address).path).view_name, frozenset(words.buttons))
        if here not in self._seen:
            self._seen.add(here)
            self.window.goto(address, timeout=PATIENCE)
            yield "page", self.window.evaluate(WINDOW)
            yield from _opened(self.window)


def _opened(window: Window) -> Iterator[tuple[str, Found]]:
    # First what is pressed as with a mouse; what others leave open would cover it.
    for look in (_filled_in, _all_at_once):
        tabs = window.locator(TAB)
        for tab in range(tabs.count()):
            tabs.nth(tab).dispatch_event("click")
            yield TAB, window.evaluate(WINDOW)
            yield from look(window)
        if not tabs.count():
            yield from look(window)


def _filled_in(window: Window) -> Iterator[tuple[str, Found]]:
    yield from _choosers(window)
    yield from _blocks(window)
    yield from _commands_of_the_text(window)


def _all_at_once(window: Window) -> Iterator[tuple[str, Found]]:
    for selector in OPENERS:
        if window.evaluate(OPEN_ALL, selector):
            window.wait_for_timeout(30)
            yield selector, window.evaluate(WINDOW)


def _blocks(window: Window) -> Iterator[tuple[str, Found]]:
    """One of each kind that can be added to the last text of free form."""
    add, kinds = window.locator(ADD_BLOCK), window.locator(KIND_OF_BLOCK)
    if not add.count():
        return
    add.last.dispatch_event("click")
    for number in range(kinds.count() if _appears(window, KIND_OF_BLOCK, 3_000) else 0):
        if number:
            add.last.dispatch_event("click")
            kinds.first.wait_for()
        kinds.nth(number).dispatch_event("click")
        kinds.first.wait_for(state="hidden")
    yield ADD_BLOCK, window.evaluate(WINDOW)


def _choosers(window: Window) -> Iterator[tuple[str, Found]]:
    for at in window.evaluate(CHOOSERS):
        window.evaluate(PRESS, [CHOOSER, at])
        if not _appears(window, MODAL):  # on a page that is locked it does nothing
            continue
        yield "chooser", window.evaluate(WINDOW)
        window.evaluate(CLOSE)


def _appears(window: Window, selector: str, patience: int = 8_000) -> bool:
    from playwright.sync_api import TimeoutError as TooLong

    try:
        window.locator(selector).first.wait_for(timeout=patience)
    except TooLong:
        return False
    return True


def _commands_of_the_text(window: Window) -> Iterator[tuple[str, Found]]:
    """The list that a stroke brings up in a text."""
    text = window.locator(".Draftail-Editor [role=textbox]:visible").first
    if text.count():
        text.focus()
        window.keyboard.type("/")
        if _appears(window, ".w-combobox__menu"):
            yield "commands", window.evaluate(WINDOW)
        window.keyboard.press("Backspace")
