// Enhances only: says how many letters a comment may still have.
"use strict";

for (const box of document.querySelectorAll("textarea[maxlength]")) {
  const place = document.getElementById(`${box.id}-left`);
  if (!place) continue;
  const tell = () => {
    place.querySelector("span").textContent = box.maxLength - box.value.length;
  };
  place.hidden = false;
  box.setAttribute("aria-describedby", `${box.getAttribute("aria-describedby")} ${place.id}`);
  box.addEventListener("input", tell);
  tell();
}
