// Passkeys: asks the browser, puts its answer into the form and sends that. Without scripts, and
// in browsers without passkeys, the forms stay hidden, and people use codes.
"use strict";

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

async function existingCredential(form) {
  if (form.dataset.ceremony !== "ask") {
    return window.webauthnJSON.get(optionsOf(form).request_options);
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("not allowed now");
  return window.webauthnJSON.get((await answer.json()).request_options);
}

async function useKey(form) {
  const error = form.querySelector("[data-error]");
  const button = form.querySelector("button");
  error.textContent = "";
  button.disabled = true;
  try {
    const credential = form.dataset.ceremony === "create" ? newCredential : existingCredential;
    form.elements.credential.value = JSON.stringify(await credential(form));
    const trust = document.querySelector('input[type="checkbox"][name="trust"]');
    if (trust && form.elements.trust) form.elements.trust.value = trust.checked ? "on" : "";
    form.submit();
  } catch (refused) {
    const { added, refused: failed } = form.dataset;
    error.textContent = refused.name === "InvalidStateError" ? added : failed;
    button.disabled = false;
  }
}

if (window.PublicKeyCredential && window.webauthnJSON) {
  for (const form of document.querySelectorAll("form[data-ceremony]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      useKey(form);
    });
  }
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
