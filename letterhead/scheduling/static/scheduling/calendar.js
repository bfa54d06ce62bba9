// Draws the days of the page as a grid, in place of their list. Whatever is done there opens the
// same pop-ups as the buttons do, filled in: the server decides, and what isn't saved goes back.
const WIDE = matchMedia("(min-width: 48rem)"); // on a phone the list is better
const VIEWS = { week: "timeGridWeek", month: "dayGridMonth", day: "resourceTimeGridDay" };

let drawn = null;   // the component
let putBack = null; // undoes what was dragged, unless it is saved

const local = (date) => new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString();
const minutes = ({ start, end }) => Math.round((end - start) / 60000);

function element(tag, text, ...classes) {
  const made = document.createElement(tag);
  made.textContent = text;
  made.classList.add(...classes);
  return made;
}

function label({ resource: { title, extendedProps: { photo, initials } } }) {
  const face = photo ? Object.assign(new Image(32, 32), { src: photo, alt: "" }) : element("span", initials);
  face.classList.add("face");
  return { domNodes: [face, element("b", title)] };
}

function content({ event: { title, display, extendedProps: { says, canceled } } }) {
  if (display === "background") return "";
  return { domNodes: [element(canceled ? "s" : "b", title), element("small", says ?? "")] };
}

function asEvent(each) {
  return {
    id: each.id,
    resourceIds: [each.person],
    start: each.start,
    end: each.end,
    title: each.title,
    editable: each.movable,
    classNames: [`on-${each.color}`, ...(each.canceled ? ["canceled"] : []), ...(each.tone ? [each.tone] : [])],
    extendedProps: each,
  };
}

const asHoursOff = ({ person, start, end }) => ({ resourceIds: [person], start, end, display: "background", classNames: ["hours-off"] });

// Opens a pop-up of the server's; `undo` is done when it is closed without saving.
function open(place, url, asked, undo) {
  putBack = undo;
  const query = new URLSearchParams({ ...asked, back: place.dataset.here });
  htmx.ajax("GET", `${url}?${query}`, { target: "#popup", swap: "innerHTML" });
}

function undo() {
  putBack?.();
  putBack = null;
}

function move(place, addresses, { event, newResource, revert }) {
  const at = local(event.start);
  const person = newResource?.id ?? event.extendedProps.person;
  const asked = { day: at.slice(0, 10), starts: at.slice(11, 16), minutes: minutes(event), clinician: person };
  open(place, addresses.move.replace("/0/", `/${event.id}/`), asked, revert);
}

function add(place, { start, end, resource, allDay }) {
  const at = local(start);
  const asked = { day: at.slice(0, 10) };
  if (!allDay) Object.assign(asked, { starts: at.slice(11, 16), minutes: minutes({ start, end }) });
  const person = resource?.id ?? place.dataset.clinician;
  if (person) asked.clinician = person;
  open(place, place.dataset.add, asked, () => drawn?.unselect());
}

function options(place, data) {
  const { view, day, firstDay, offset, twelve, add: mayAdd, more, close } = place.dataset;
  const hour12 = Boolean(twelve);
  return {
    view: VIEWS[view],
    height: view === "month" ? "48rem" : "auto", // each day of a month has room for a few
    date: day,
    timeZone: offset,
    locale: document.documentElement.lang,
    firstDay: Number(firstDay),
    headerToolbar: { start: "", center: "", end: "" },
    allDaySlot: false,
    dayMaxEvents: true,
    moreLinkContent: ({ num }) => more.replace("{count}", num),
    buttonText: (texts) => ({ ...texts, close }),
    nowIndicator: true,
    slotMinTime: data.earliest,
    slotMaxTime: data.latest,
    slotHeight: 32,
    snapDuration: "00:15",
    slotEventOverlap: false,
    slotLabelFormat: { hour: "numeric", hour12 },
    resources: data.people.map((each) => ({ id: each.id, title: each.title, extendedProps: each })),
    resourceLabelContent: label,
    events: [...data.off.map(asHoursOff), ...data.appointments.map(asEvent)],
    eventContent: content,
    eventClick: ({ event }) => location.assign(data.page.replace("/0/", `/${event.id}/`)),
    eventDrop: (info) => move(place, data, info),
    eventResize: (info) => move(place, data, info),
    selectable: Boolean(mayAdd),
    select: (info) => add(place, info),
  };
}

// The grid is for the eye and the pointer: keys and screen readers have the agenda, one link away.
function leaveToPointer(grid) {
  const strip = () => grid.querySelectorAll("[tabindex]").forEach((each) => each.removeAttribute("tabindex"));
  new MutationObserver(strip).observe(grid, { childList: true, subtree: true, attributeFilter: ["tabindex"] });
  strip();
}

async function draw() {
  const place = document.getElementById("drawn");
  if (drawn && !place?.contains(drawn.el)) drawn = null; // its page was replaced
  if (!place || drawn || !WIDE.matches || !VIEWS[place.dataset.view]) return;
  const { url, from, until, clinician } = place.dataset;
  const answer = await fetch(`${url}?${new URLSearchParams({ from, until, clinician })}`); // as preloaded
  if (!answer.ok || answer.redirected) return place.classList.add("failed"); // so the list shows
  const data = await answer.json();
  if (!place.isConnected || drawn) return;
  const grid = place.querySelector("div");
  place.hidden = false;
  drawn = Object.assign({ el: grid, ec: EventCalendar.create(grid, options(place, data)) });
  leaveToPointer(grid);
  drawn.unselect = () => drawn.ec.unselect();
  const popup = document.getElementById("popup"); // after a save, all of the page is another one
  new MutationObserver(() => popup.childElementCount || undo()).observe(popup, { childList: true });
  place.dataset.drawn = Math.round(performance.now()); // ms since the page was asked for
}

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => ctx.response.status !== 422 && undo());
document.addEventListener("htmx:error", undo);
document.addEventListener("htmx:after:settle", ({ target }) => target.id === "main" && draw());
draw();
