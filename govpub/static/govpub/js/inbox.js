/* The inbox by keyboard. Everything also works without this script, by Tab and Enter. */
(() => {
  "use strict";

  for (const part of document.querySelectorAll("[data-gp-wide-open]")) {
    part.open = window.matchMedia("(min-width: 75rem)").matches;
  }

  const inbox = document.querySelector("[data-gp-inbox]");
  if (!inbox) return;

  const links = [...inbox.querySelectorAll("[data-gp-open]")];
  const boxes = [...inbox.querySelectorAll("input[name=item]")];
  const STORED = "govpub-inbox-shortcuts";

  // Letters that act must be possible to switch off (WCAG 2.1.4).
  const label = inbox.querySelector("[data-gp-keys-on]");
  const used = label ? label.querySelector("input") : null;
  if (used) {
    label.hidden = false;
    // Without a choice made here, what the person chose for all of Wagtail.
    const wanted = "gpKeysUnwanted" in label.dataset ? "off" : "on";
    used.checked = (localStorage.getItem(STORED) || wanted) !== "off";
    used.addEventListener("change", () => {
      localStorage.setItem(STORED, used.checked ? "on" : "off");
    });
  }

  const current = () => {
    const card = document.activeElement.closest("[data-gp-card]");
    return card ? links.findIndex((link) => card.contains(link)) : -1;
  };
  const go = (step) => {
    const place = Math.min(Math.max(current() + step, 0), links.length - 1);
    if (!links[place]) return;
    links[place].focus();
    links[place].closest("[data-gp-card]").scrollIntoView({ block: "nearest" });
  };
  const choose = () => {
    const card = document.activeElement.closest("[data-gp-card]");
    const box = card ? card.querySelector("input[name=item]") : null;
    if (box) box.click();
  };
  const search = () => inbox.querySelector("[data-gp-search]").focus();

  // By the key's place, so that a Thai keyboard does the same as an English one.
  const ACTS = { KeyJ: () => go(1), KeyK: () => go(-1), KeyX: choose, Slash: search };
  const ARROWS = { ArrowDown: () => go(1), ArrowUp: () => go(-1) };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const target = event.target;
    const isTyping =
      target.isContentEditable ||
      target.matches("textarea, select, input:not([type=checkbox])");
    if (isTyping) return;
    // Elsewhere the arrows go on scrolling.
    const act = current() >= 0 && ARROWS[event.code];
    const letter = used && used.checked && ACTS[event.code];
    if (!act && !letter) return;
    event.preventDefault();
    (act || letter)();
  });

  const chosen = inbox.querySelector("[data-gp-chosen]");
  const all = inbox.querySelector("[data-gp-choose-all]");
  if (!chosen || !boxes.length) return;
  const allBox = all.querySelector("input");
  const tell = () => {
    const number = boxes.filter((box) => box.checked).length;
    chosen.textContent = number ? `${chosen.dataset.gpChosen} ${number}` : "";
    chosen.closest("[data-gp-choose]").classList.toggle("gp-choose--some", number > 0);
    allBox.checked = number === boxes.length;
  };
  all.hidden = false;
  allBox.addEventListener("change", () => {
    for (const box of boxes) box.checked = allBox.checked;
    tell();
  });
  for (const box of boxes) box.addEventListener("change", tell);
  tell();
})();
