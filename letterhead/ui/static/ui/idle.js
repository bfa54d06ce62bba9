// Warns before an idle session ends and clears the page after that. The server decides; we only ask.
const box = document.getElementById("idle"), form = box.querySelector("form");
const title = document.getElementById("idle-title"), timer = title.querySelector("[role=timer]"), status = box.querySelector("[role=status]");
const { person, mark, left, keep, logIn, typed, out } = box.dataset;
const WARNING = 120, A_MINUTE = 60_000;
let until, next, stayed = Date.now(), wrote = false, cleared = false, unsaved = null;

const over = () => Math.ceil((until - Date.now()) / 1000);
const again = (then, seconds) => { clearTimeout(next); next = setTimeout(then, seconds * 1000); };
const marked = () => document.querySelector("#main form:has([name=typed_by])");
const unitsOf = (count, unit) => new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(count);
const inWords = (s) => [[Math.floor(s / 60), "minute"], [s % 60, "second"]]
  .filter(([count]) => count).map(([count, unit]) => unitsOf(count, unit)).join(" ");

function plan(seconds) {
  until = Date.now() + seconds * 1000;
  if (seconds <= WARNING) return warn();
  box.close();
  again(ask, seconds - WARNING);
}
function warn() {
  const seconds = over();
  if (seconds <= 0) return ask();
  if (!box.open) box.showModal();
  timer.textContent = inWords(seconds);
  if ([60, 30, 10].includes(seconds)) status.textContent = title.textContent;
  again(seconds % 10 ? warn : ask, 1); // the server every ten seconds: another tab may be in use
}
async function ask(how = {}) {
  try {
    const answer = await fetch(how.method ? form.action : left, how);
    if (answer.status >= 500) throw answer;
    const session = answer.ok && !answer.redirected ? await answer.json() : {};
    if (cleared || session.person !== person || session.seconds <= 0) await leave();
    else plan(session.seconds);
  } catch {
    if (over() <= 0) clear(); // no answer, and the time is up
    again(ask, 5);
  }
}
function clear() {
  if (cleared) return;
  cleared = true;
  unsaved = wrote && marked() ? new FormData(marked()) : null;
  marked()?.querySelectorAll("[type=password], [data-secret] input, [type=file]").forEach(({ name }) => unsaved?.delete(name));
  document.body.replaceChildren(out);
}
async function leave() {
  clear();
  if (unsaved) await fetch(keep, { method: "POST", body: unsaved });
  const here = encodeURIComponent(location.pathname + location.search);
  location.replace(`${logIn}?out=1&next=${unsaved ? encodeURIComponent(`${typed}?next=${here}`) : here}`);
}
function stay(event) {
  event?.preventDefault();
  stayed = Date.now();
  const body = new FormData(form);
  body.set("typed_by", mark); // stays valid after a login in another tab, unlike the CSRF token
  ask({ method: "POST", body });
}

form.addEventListener("submit", stay);
box.addEventListener("cancel", stay);
box.addEventListener("keydown", (event) => event.stopPropagation()); // Escape belongs to this dialog only
for (const act of ["keydown", "pointerdown", "wheel"]) {
  addEventListener(act, () => !box.open && Date.now() - stayed > A_MINUTE && stay(), { capture: true, passive: true });
}
addEventListener("input", () => { wrote = true; }, true);
addEventListener("htmx:after:settle", () => { wrote &&= Boolean(marked()); });
addEventListener("pageshow", (event) => event.persisted && ask());
document.addEventListener("visibilitychange", () => document.hidden || ask());
plan(Number(box.dataset.seconds));
