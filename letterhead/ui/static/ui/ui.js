// The browser gives the focus trap and the backdrop; we open, ask before text is lost, go home.
let opener = "";   // id of the button that opened the pop-up: its section may be new on return
let asOpened = ""; // what the form held when it opened
let pressedOn = null;

const popup = () => document.querySelector("dialog[data-open]");
const ask = () => document.getElementById("ask");
const goHome = () => document.getElementById(opener)?.focus();

function held(dialog) {
  const plain = (value) => (value instanceof File ? `${value.name} ${value.size}` : value);
  const values = [...new FormData(dialog.querySelector("form"))];
  const told = values.filter(([name]) => !["csrfmiddlewaretoken", "typed_by", "place"].includes(name));
  return JSON.stringify(told.map(([name, value]) => [name, plain(value)]));
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
  goHome();
}

function leave(dialog) {
  if (held(dialog) === asOpened) close(dialog);
  else if (!ask().open) ask().showModal();
}

function say(words) {
  const toast = document.createElement("p");
  toast.className = "toast error";
  toast.role = "alert";
  toast.textContent = words;
  (popup()?.querySelector("footer") ?? document.getElementById("said")).prepend(toast);
  tidy(toast);
}

function tidy(toast) {
  setTimeout(() => toast.remove(), Math.max(6000, toast.textContent.length * 90));
}

document.addEventListener("htmx:before:request", ({ target }) => {
  if (!popup()) opener = target.querySelector("[data-opens]")?.id || opener;
});
document.addEventListener("htmx:before:response", (event) => {
  const { raw } = event.detail.ctx.response;
  if (!raw.redirected) return;
  event.preventDefault();
  location.assign(raw.url); // logged out: what was typed is held, and comes after the log-in
});
document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  if (ctx.response.status !== 422) say(`That did not work (error ${ctx.response.status}). Nothing was saved.`);
});
document.addEventListener("htmx:error", () => say("The server can’t be reached. Nothing was saved."));
document.addEventListener("htmx:after:settle", ({ target }) => {
  const dialog = popup();
  document.querySelectorAll("#said .toast").forEach(tidy);
  if (!dialog) return target.id === "main" ? goHome() : undefined;
  if (!dialog.open) {
    dialog.showModal();
    asOpened = held(dialog);
    focusField(dialog);
  } else if (target === dialog) focusField(dialog);
});

document.addEventListener("click", ({ target }) => {
  const dialog = popup();
  if (dialog && (target.closest("[data-close]") || (target === dialog && pressedOn === dialog))) leave(dialog);
  document.querySelectorAll("details:is(.who, .help)[open]").forEach((menu) => {
    if (!menu.contains(target)) menu.open = false;
  });
});
document.addEventListener("mousedown", (event) => {
  pressedOn = event.target;
  if (pressedOn === popup()) event.preventDefault(); // the backdrop takes no focus from the field
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || ask().open) return;
  const menu = document.querySelector("details:is(.who, .help)[open]");
  if (popup()?.open) { // a second Escape would close it without asking: browsers see to that
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
document.querySelectorAll("#said .toast").forEach(tidy);
