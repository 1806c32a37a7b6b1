// A button with data-copy puts that text on the clipboard and says so.
const write = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // An office's own network often has no HTTPS, and then there is only the old way.
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("not copied");
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || button.dataset.label) return;
  button.dataset.label = button.textContent;
  await write(button.dataset.copy).then(
    () => { button.textContent = button.dataset.copied; },
    () => { button.textContent = button.dataset.failed; },
  );
  setTimeout(() => {
    button.textContent = button.dataset.label;
    delete button.dataset.label;
  }, 2500);
});
