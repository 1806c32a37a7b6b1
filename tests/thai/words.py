"""The words of a page as the server writes it."""

from __future__ import annotations

from html.parser import HTMLParser

# What a screen reader says, or what appears when something is pointed at.
SAID = (
    *("aria-label", "aria-description", "aria-roledescription", "title"),
    *("aria-valuetext", "placeholder", "alt", "label", "data-tippy-content"),
    *("data-w-tooltip-content-value", "data-w-dialog-title-value"),
)
SILENT = ("script", "style", "noscript", "textarea", "iframe")
# A counter that counts nothing yet.
NEVER = {"data-side-panel-toggle-counter", "hidden"}
Found = dict[str, list[str]]


class Words(HTMLParser):
    """The texts of a page, those for a screen reader, the links and the buttons."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.buttons: set[str] = set()
        self._silent = 0
        self._button = False
        self._never = False
        self.feed(html)

    @property
    def found(self) -> Found:
        return {"texts": self.texts, "links": self.links}

    def handle_starttag(self, tag, attrs):
        self._silent += tag in SILENT
        has = dict(attrs)
        self._never = has.keys() >= NEVER
        said = [" ".join(has[name].split()) for name in SAID if has.get(name)]
        self.texts += said
        if tag == "a" and has.get("href"):
            self.links.append(has["href"])
        if tag == "input" and has.get("type") in ("submit", "button", "reset"):
            self.texts.append(has.get("value") or "")
        self._button = tag == "button" or has.get("role") == "tab"
        if self._button:
            self.buttons.update(said)
        if has.get("data-controller"):
            self.buttons.add(has["data-controller"])

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        self._silent -= tag in SILENT
        self._never = False
        self._button = self._button and tag not in ("button", "a")

    def handle_data(self, data):
        text = " ".join(data.split())
        if text and not self._silent and not self._never:
            self.texts.append(text)
            if self._button:
                self.buttons.add(text)
