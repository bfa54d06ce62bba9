// The browser provides the focus trap and the backdrop. We open pop-ups, ask before changes are
// lost, and put the focus back.
let opener = "";   // id of the button that opened the pop-up; its section may have been replaced
let asOpened = ""; // the form's values when it opened
let pressedOn = null;

const popup = () => document.querySelector("dialog[data-open]");
const ask = () => document.getElementById("ask");
const texts = () => document.getElementById("said");
const restoreFocus = () => document.getElementById(opener)?.focus();

function valuesOf(dialog) {
  const plain = (value) => (value instanceof File ? `${value.name} ${value.size}` : value);
  const values = [...new FormData(dialog.querySelector("form"))];
  const typed = values.filter(([name]) => !["csrfmiddlewaretoken", "typed_by", "place"].includes(name));
  return JSON.stringify(typed.map(([name, value]) => [name, plain(value)]));
}

function focusField(dialog) {
  const field = dialog.querySelector("[autofocus]")
    ?? dialog.querySelector(".body [aria-invalid='true']")
    ?? dialog.querySelector(".body :is(input:not([type=hidden], [hidden]), select, textarea):not(:disabled)")
    ?? dialog.querySelector("footer .go");
  field?.focus();
  field?.scrollIntoView({ block: "nearest" });
}

function close(dialog) {
  dialog.close();
  dialog.remove();
  restoreFocus();
}

function leave(dialog) {
  if (valuesOf(dialog) === asOpened) close(dialog);
  else if (!ask().open) ask().showModal();
}

function say(text) {
  const toast = document.createElement("p");
  toast.className = "toast error";
  toast.role = "alert";
  toast.textContent = text;
  (popup()?.querySelector("footer") ?? texts()).prepend(toast);
  expire(toast);
}

function expire(toast) {
  setTimeout(() => toast.remove(), Math.max(6000, toast.textContent.length * 90));
}

document.addEventListener("htmx:before:request", ({ target }) => {
  if (!popup()) opener = target.querySelector("[data-opens]")?.id || opener;
});
document.addEventListener("htmx:before:response", (event) => {
  const { raw } = event.detail.ctx.response;
  if (!raw.redirected) return;
  event.preventDefault();
  location.assign(raw.url); // logged out: what was typed is stored, and shown after the next login
});
document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  if (ctx.response.status !== 422) say(texts().dataset.failed.replace("{status}", ctx.response.status));
});
document.addEventListener("htmx:error", () => say(texts().dataset.unreachable));
document.addEventListener("htmx:after:settle", ({ target }) => {
  const dialog = popup();
  document.querySelectorAll("#said .toast").forEach(expire);
  if (!dialog) return target.id === "main" ? restoreFocus() : undefined;
  if (!dialog.open) {
    dialog.showModal();
    asOpened = valuesOf(dialog);
    focusField(dialog);
  } else if (target === dialog) focusField(dialog);
});

document.addEventListener("click", ({ target }) => {
  const dialog = popup();
  if (dialog && (target.closest("[data-close]") || (target === dialog && pressedOn === dialog))) leave(dialog);
  document.querySelectorAll("details:is(.who, .help, .more)[open]").forEach((menu) => {
    if (!menu.contains(target)) menu.open = false;
  });
});
document.addEventListener("mousedown", (event) => {
  pressedOn = event.target;
  if (pressedOn === popup()) event.preventDefault(); // the backdrop takes no focus from the field
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || ask().open) return;
  const menu = document.querySelector("details:is(.who, .help, .more)[open]");
  if (popup()?.open) { // browsers let a second Escape close it without asking
    event.preventDefault();
    leave(popup());
  } else if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("cancel", (event) => {
  if (event.target !== popup()) return;
  event.preventDefault();
  leave(event.target);
}, true);
document.addEventListener("close", ({ target }) => {
  if (target === ask() && ask().returnValue === "drop" && popup()) close(popup());
  else if (target === popup()) close(target);
  if (target === ask()) ask().returnValue = "keep";
}, true);
document.querySelectorAll("#said .toast").forEach(expire);
