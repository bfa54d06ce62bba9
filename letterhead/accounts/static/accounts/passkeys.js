// Passkeys: asks the browser, puts its answer into the form and sends that. Without scripts, and
// where a browser knows no passkeys, the forms stay hidden, and codes are the way.
"use strict";

const REFUSED = "Nothing came from your passkey or security key. Try again, or use another way.";
const KNOWN = "This passkey or security key is added already.";

function optionsOf(form) {
  const data = form.querySelector('script[type="application/json"]');
  return JSON.parse(data.textContent);
}

async function newCredential(form) {
  const options = optionsOf(form).creation_options;
  const alone = form.elements.passwordless.checked;
  const choice = options.publicKey.authenticatorSelection;
  choice.residentKey = alone ? "required" : "discouraged";
  choice.requireResidentKey = alone;
  if (alone) choice.userVerification = "required";
  return window.webauthnJSON.create(options);
}

async function knownCredential(form) {
  if (form.dataset.ceremony !== "ask") {
    return window.webauthnJSON.get(optionsOf(form).request_options);
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("not allowed now");
  return window.webauthnJSON.get((await answer.json()).request_options);
}

async function hold(form) {
  const said = form.querySelector("[data-said]");
  const button = form.querySelector("button");
  said.textContent = "";
  button.disabled = true;
  try {
    const ask = form.dataset.ceremony === "create" ? newCredential : knownCredential;
    form.elements.credential.value = JSON.stringify(await ask(form));
    const trust = document.querySelector('input[type="checkbox"][name="trust"]');
    if (trust && form.elements.trust) form.elements.trust.value = trust.checked ? "on" : "";
    form.submit();
  } catch (refused) {
    said.textContent = refused.name === "InvalidStateError" ? KNOWN : REFUSED;
    button.disabled = false;
  }
}

if (window.PublicKeyCredential && window.webauthnJSON) {
  for (const form of document.querySelectorAll("form[data-ceremony]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      hold(form);
    });
  }
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
