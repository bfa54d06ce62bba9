// Warns before the idle log-off and clears the page after it. The server decides; we only ask it.
const box = document.getElementById("idle"), form = box.querySelector("form");
const timer = box.querySelector("[role=timer]"), status = box.querySelector("[role=status]");
const { person, mark, left, keep, logIn, typed } = box.dataset;
const WARNING = 120, A_MINUTE = 60_000;
let until, next, told = Date.now(), wrote = false, cleared = false, kept = null;

const over = () => Math.ceil((until - Date.now()) / 1000);
const again = (then, seconds) => { clearTimeout(next); next = setTimeout(then, seconds * 1000); };
const marked = () => document.querySelector("#main form:has([name=typed_by])");
const words = (s) => [[Math.floor(s / 60), "minute"], [s % 60, "second"]]
  .filter(([count]) => count).map(([count, what]) => `${count} ${what}${count > 1 ? "s" : ""}`).join(" ");

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
  timer.textContent = words(seconds);
  if ([60, 30, 10].includes(seconds)) status.textContent = `${words(seconds)} left`;
  again(seconds % 10 ? warn : ask, 1); // every ten seconds: another tab may be in use
}
async function ask(how = {}) {
  try {
    const answer = await fetch(how.method ? form.action : left, how);
    if (answer.status >= 500) throw answer;
    const told = answer.ok && !answer.redirected ? await answer.json() : {};
    if (cleared || told.person !== person || told.seconds <= 0) await leave();
    else plan(told.seconds);
  } catch {
    if (over() <= 0) clear(); // nobody answers, and the time is over
    again(ask, 5);
  }
}
function clear() {
  if (cleared) return;
  cleared = true;
  kept = wrote && marked() ? new FormData(marked()) : null;
  marked()?.querySelectorAll("[type=password], [data-secret] input, [type=file]").forEach(({ name }) => kept?.delete(name));
  document.body.replaceChildren("You were logged out.");
}
async function leave() {
  clear();
  if (kept) await fetch(keep, { method: "POST", body: kept });
  const here = encodeURIComponent(location.pathname + location.search);
  location.replace(`${logIn}?out=1&next=${kept ? encodeURIComponent(`${typed}?next=${here}`) : here}`);
}
function stay(event) {
  event?.preventDefault();
  told = Date.now();
  const body = new FormData(form);
  body.set("typed_by", mark); // good after a log-in in another tab, as the CSRF token isn't
  ask({ method: "POST", body });
}

form.addEventListener("submit", stay);
box.addEventListener("cancel", stay);
box.addEventListener("keydown", (event) => event.stopPropagation()); // Escape is ours alone here
for (const act of ["keydown", "pointerdown", "wheel"]) {
  addEventListener(act, () => !box.open && Date.now() - told > A_MINUTE && stay(), { capture: true, passive: true });
}
addEventListener("input", () => { wrote = true; }, true);
addEventListener("htmx:after:settle", () => { wrote &&= Boolean(marked()); });
addEventListener("pageshow", (event) => event.persisted && ask());
document.addEventListener("visibilitychange", () => document.hidden || ask());
plan(Number(box.dataset.seconds));
