"""Reads a screen: what is written on it, and what a screen reader would say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page as Window

# Whether it is seen now or only when something is opened: hidden parts, templates and
# shadow roots too. Left out: a counter that counts nothing yet, a button of the date
# picker that is switched off, and what stands in a frame for want of a frame.
_READER = """
  const NAMES = ["aria-label", "aria-description", "aria-roledescription", "title",
    "aria-valuetext", "placeholder", "alt", "label", "data-tippy-content",
    "data-w-tooltip-content-value", "data-w-dialog-title-value"];
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
  const answer = (root) => {
    read(root);
    const links = [...root.querySelectorAll("a[href]")];
    return {texts: [...texts], links: links.map((a) => a.getAttribute("href"))};
  };
"""
SOURCE = f"""(html) => {{ {_READER}
  return answer(new DOMParser().parseFromString(html, "text/html").documentElement);
}}"""
WINDOW = f"() => {{ {_READER} return answer(document.documentElement); }}"

# What opens something where it is, without leaving the screen.
OPENERS = (
    "[data-w-dropdown-target=toggle]",
    "[data-side-panel-toggle]",
    "[data-a11y-dialog-show]",
    "[role=tab]",
    ".c-sf-add-button",
    "input[data-controller~=w-date]",
    "button.sidebar-menu-item__link",
)
CAN_OPEN = """(selectors) => [...document.querySelectorAll(selectors)]
  .filter((e) => e.checkVisibility({checkVisibilityCSS: true}))
  .map((e) => e.getAttribute("aria-label") ?? e.textContent.trim()).join("|")"""
OPEN_ALL = """(selector) => {
  const seen = [...document.querySelectorAll(selector)]
    .filter((e) => e.checkVisibility({checkVisibilityCSS: true})).slice(0, 12);
  for (const e of seen) { e.focus(); e.click(); }
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
CLOSE = "() => document.querySelector('.modal.in [data-dismiss=modal]').click()"

CHOOSER = "[data-chooser-action-choose]"
Found = dict[str, list[str]]


def can_open(window: Window) -> str:
    """What can be opened here, by name; the same names open the same things."""
    return window.evaluate(CAN_OPEN, ",".join((*OPENERS, CHOOSER)))


def opened(window: Window) -> Iterator[tuple[str, Found]]:
    """Open what can be opened, one kind after the other, and read it each time."""
    yield from _choosers(window)
    yield from _commands_of_the_text(window)
    for selector in OPENERS:
        if window.evaluate(OPEN_ALL, selector):
            window.wait_for_timeout(30)
            yield selector, window.evaluate(WINDOW)


def _choosers(window: Window) -> Iterator[tuple[str, Found]]:
    for at in window.evaluate(CHOOSERS):
        window.evaluate(PRESS, [CHOOSER, at])
        if not _appears(window, MODAL):  # on a page that is locked it does nothing
            continue
        yield "chooser", window.evaluate(WINDOW)
        window.evaluate(CLOSE)
        window.wait_for_selector(MODAL, state="detached")


def _appears(window: Window, selector: str) -> bool:
    from playwright.sync_api import TimeoutError as TooLong

    try:
        window.wait_for_selector(selector, timeout=8_000)
    except TooLong:
        return False
    return True


def _commands_of_the_text(window: Window) -> Iterator[tuple[str, Found]]:
    """The list that a stroke brings up in a text."""
    text = window.locator(".Draftail-Editor [role=textbox]:visible").first
    if text.count():
        text.focus()
        window.keyboard.type("/")
        if _appears(window, ".Draftail-ComboBox"):
            yield "commands", window.evaluate(WINDOW)
        window.keyboard.press("Backspace")
