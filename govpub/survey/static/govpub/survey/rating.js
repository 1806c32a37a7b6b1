// The rating under a page, without leaving it. Without this script the form is sent
// and the thank-you page opens; here the same answer is put in the form's place.
"use strict";

document.addEventListener("submit", async (event) => {
  const card = event.target.closest("#rate-this-page");
  if (!card || !window.fetch) return;
  event.preventDefault();
  const form = event.target;
  const fields = new URLSearchParams(new FormData(form, event.submitter));
  card.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body: fields });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const answer = page.querySelector("#rate-this-page") || page.querySelector(".gp-notice");
    card.replaceChildren(...(answer.id ? answer.childNodes : [answer]));
    card.querySelector("[role=status], [role=alert]").focus();
  } catch {
    form.submit = HTMLFormElement.prototype.submit;
    const chosen = document.createElement("input");
    chosen.type = "hidden";
    if (event.submitter && event.submitter.name) {
      chosen.name = event.submitter.name;
      chosen.value = event.submitter.value;
      form.append(chosen);
    }
    form.submit();
  }
  card.removeAttribute("aria-busy");
});
