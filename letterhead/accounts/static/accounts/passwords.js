// A button next to each password that shows what was typed. Without scripts there is none.
function offer(box) {
  const field = box.querySelector("input");
  const button = document.createElement("button");
  const about = document.createElement("span");
  button.type = "button";
  button.className = "btn plain small";
  about.className = "unseen";
  about.textContent = ` ${field.labels[0]?.textContent ?? ""}`;
  button.append(box.dataset.secret, about);
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  };
  show(false);
  button.addEventListener("click", () => show(field.type === "password"));
  // Browsers save what was sent from a plain text field to suggest it again.
  field.form?.addEventListener("submit", () => show(false), true);
  box.append(button);
}

function offerAll() {
  for (const box of document.querySelectorAll("[data-secret]:not(:has(button))")) offer(box);
}

offerAll();
document.addEventListener("htmx:after:settle", offerAll);
