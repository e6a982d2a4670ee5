/* One key for each answer. Everything works without this file: the keys press the buttons that are there. */
(() => {
  const TYPING = "input, select, textarea, [contenteditable], dialog, [role=dialog]";
  const buttons = [...document.querySelectorAll("[data-review-key]")];
  let isPressed = false;
  for (const button of buttons) {
    const key = document.createElement("kbd");
    key.className = "review-key";
    key.textContent = button.dataset.reviewKey.toUpperCase();
    button.append(" ", key);
    button.setAttribute("aria-keyshortcuts", button.dataset.reviewKey);
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isPressed) return;
    if (event.target.closest(TYPING)) return;
    let button;
    if (event.key === "Enter") {
      // On a link or a button, Enter is the link's or the button's.
      if (event.target.closest("a, button, summary")) return;
      button = document.querySelector("[data-review-default]");
    } else {
      button = buttons.find((one) => one.dataset.reviewKey === event.key.toLowerCase());
    }
    if (!button) return;
    event.preventDefault();
    // A key held a moment too long must not answer the next question as well.
    isPressed = true;
    button.click();
  });
  // Back from the next question, the browser may show this page as it was.
  window.addEventListener("pageshow", () => { isPressed = false; });
})();
