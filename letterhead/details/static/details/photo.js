// Edit Profile Photo: shows the picture and lets people choose a square; the server cuts it out of
// the uploaded picture by four numbers, which are empty until someone moves the square.
const SHOWN = 1600;  // pixels of the picture as it is drawn, at most
const ROOM = { width: 540, height: 340 };
const LEAST = 64;    // pixels of the square's side, if the picture is large enough
const KEYS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", "+": "in", "=": "in", "-": "out", "_": "out" };
const TURNED_HERE = ["image/jpeg", "image/png"]; // by EXIF orientation; browsers ignore it in WebP
const clamp = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most));
let sent = null;     // the last file chosen: a refused form comes back without it

async function small(source, width, height) {
  const shrink = Math.min(1, SHOWN / Math.max(width, height));
  const options = { resizeWidth: Math.max(1, Math.round(width * shrink)), resizeHeight: Math.max(1, Math.round(height * shrink)), resizeQuality: "high" };
  return { image: await createImageBitmap(source, options), width, height };
}

async function given(answer) { // the server's version of a picture, and its original size
  const size = (name) => Number(answer.headers.get(`X-Picture-${name}`));
  return small(await answer.blob(), size("Width"), size("Height"));
}

function begin(root) {
  const form = root.closest("form"), file = form.elements.photo, camera = form.elements.camera;
  const part = (name) => root.querySelector(name);
  const cropper = part("[data-cropper]"), wrong = part("[data-wrong]"), said = part("#crop-said");
  const stage = part(".photo-stage"), canvas = part("canvas"), box = part(".photo-square"), zoom = part("#photo-zoom");
  let picture = null, square = null, saying = 0, reading = 0;

  const size = () => (square.turned % 180 ? [picture.height, picture.width] : [picture.width, picture.height]);
  const most = () => Math.min(...size());
  const least = () => Math.min(LEAST, most());

  function paint(target, scale, left, top) {
    const [width, height] = size(), context = target.getContext("2d");
    context.fillStyle = "white";
    context.fillRect(0, 0, target.width, target.height);
    context.save();
    context.scale(scale, scale);
    context.translate(width / 2 - left, height / 2 - top);
    context.rotate((square.turned * Math.PI) / 180);
    context.drawImage(picture.image, -picture.width / 2, -picture.height / 2, picture.width, picture.height);
    context.restore();
  }

  function lay() { // the whole picture, as large as there is room for
    const [width, height] = size(), dense = Math.min(2, devicePixelRatio);
    const scale = Math.min(ROOM.width / width, ROOM.height / height);
    stage.style.width = `${Math.round(width * scale)}px`;
    [canvas.width, canvas.height] = [width, height].map((each) => Math.max(1, Math.round(each * scale * dense)));
    paint(canvas, canvas.width / width, 0, 0);
    zoom.max = Math.max(101, Math.floor((100 * most()) / least()));
  }

  function draw() {
    const [width, height] = size(), { left, top, side } = square;
    const percent = { left: left / width, top: top / height, width: side / width, height: side / height };
    for (const [name, share] of Object.entries(percent)) box.style[name] = `${100 * share}%`;
    zoom.value = (100 * most()) / side;
    zoom.setAttribute("aria-valuetext", `${zoom.value} %`);
    for (const each of form.querySelectorAll("canvas[data-size]")) {
      each.width = each.height = each.dataset.size * Math.min(2, devicePixelRatio);
      paint(each, each.width / side, left, top);
      each.hidden = false;
      each.previousElementSibling.hidden = true;
    }
    clearTimeout(saying);
    saying = setTimeout(() => {
      const numbers = { side, left, top, width, height };
      said.textContent = root.dataset.square.replace(/\{(\w+)\}/g, (_, name) => numbers[name]);
    }, 250);
  }

  function put(changed) { // moves the square into the picture, in whole pixels, and fills the form
    const next = { ...square, ...changed }, [width, height] = size();
    next.side = Math.round(clamp(next.side, least(), most()));
    next.left = Math.round(clamp(next.left, 0, width - next.side));
    next.top = Math.round(clamp(next.top, 0, height - next.side));
    square = next;
    for (const name of ["left", "top", "side", "turned"]) form.elements[name].value = square[name];
    draw();
  }

  function resize(side) { // around its center
    const fitted = clamp(side, least(), most()), less = (square.side - fitted) / 2;
    put({ side: fitted, left: square.left + less, top: square.top + less });
  }

  function turn(clockwise) {
    const [width, height] = size(), { left, top, side, turned } = square;
    square = clockwise
      ? { side, left: height - top - side, top: left, turned: (turned + 90) % 360 }
      : { side, left: top, top: width - left - side, turned: (turned + 270) % 360 };
    lay();
    put({});
  }

  function act(name, far) {
    const step = Math.max(1, Math.round(most() / 100)) * (far ? 10 : 1), { left, top, side } = square;
    if (name === "left") put({ left: left - step });
    if (name === "right") put({ left: left + step });
    if (name === "up") put({ top: top - step });
    if (name === "down") put({ top: top + step });
    if (name === "in") resize(side - 2 * step);
    if (name === "out") resize(side + 2 * step);
    if (name.startsWith("turn")) turn(name === "turn-right");
  }

  function show(read, chosen) {
    picture?.image.close();
    picture = read;
    square = { turned: 0, ...chosen };
    if (!chosen) {
      square.side = most();
      square.left = Math.floor((picture.width - square.side) / 2);
      square.top = Math.floor((picture.height - square.side) / 2);
    }
    cropper.hidden = false;
    lay();
    draw();
  }

  function refuse(text) {
    wrong.textContent = text;
    wrong.hidden = !text;
    if (!text) return;
    cropper.hidden = true;
    said.textContent = "";
  }

  async function fromServer(picked) { // a format that this browser can't show, or not upright
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("photo", picked);
    const answer = await fetch(root.dataset.preview, { method: "POST", body });
    if (answer.ok) return given(answer);
    throw new Error(answer.status === 422 ? await answer.text() : root.dataset.unshown);
  }

  async function take(picked) {
    const mine = ++reading;
    sent = picked;
    for (const name of ["left", "top", "side", "turned"]) form.elements[name].value = "";
    refuse(picked.size > Number(root.dataset.most) ? root.dataset.tooLarge : "");
    if (!wrong.hidden) return;
    cropper.hidden = true; // its square belongs to another picture
    clearTimeout(saying);
    said.textContent = root.dataset.reading;
    try {
      const whole = TURNED_HERE.includes(picked.type) && await createImageBitmap(picked).catch(() => null);
      const read = whole ? await small(whole, whole.width, whole.height) : await fromServer(picked);
      if (whole) whole.close();
      if (mine === reading) show(read);
    } catch (error) {
      if (mine === reading) refuse(error.message);
    }
  }

  function putFile(picked) {
    const files = new DataTransfer();
    files.items.add(picked);
    file.files = files.files;
    take(picked);
  }

  file.addEventListener("change", () => file.files[0] && take(file.files[0]));
  camera.addEventListener("change", () => {
    if (!camera.files[0]) return;
    putFile(camera.files[0]);
    camera.value = "";
  });
  root.addEventListener("photo:given", ({ detail }) => putFile(detail));
  zoom.addEventListener("input", () => resize((100 * most()) / zoom.value));
  root.addEventListener("click", ({ target }) => {
    const name = target.closest("[data-act]")?.dataset.act;
    if (name) act(name, false);
  });
  box.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(KEYS[event.key], event.shiftKey && event.key !== "+"); // on some keyboards + needs Shift
  });
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    act(event.deltaY < 0 ? "in" : "out", false);
  }, { passive: false });
  drag(stage, box, () => square, { put, resize, scale: () => size()[0] / stage.clientWidth });

  root.querySelector("[data-drop]").hidden = false;
  if (sent && file.getAttribute("aria-invalid") !== "true" && "again" in root.dataset) putFile(sent);
  else if (file.files[0]) take(file.files[0]); // chosen before this script was there
  else if (root.dataset.original) {
    const chosen = Object.fromEntries(["left", "top", "side", "turned"].map((name) => [name, Number(root.dataset[name])]));
    fetch(root.dataset.original).then(given).then((read) => !reading && show(read, chosen)).catch(() => {});
  }
}

// One finger or the mouse moves the square or pulls its corner; two fingers change its size.
function drag(stage, box, square, { put, resize, scale }) {
  const down = new Map();
  let from = null;
  const apart = () => {
    const [one, two] = [...down.values()];
    return Math.hypot(one.x - two.x, one.y - two.y);
  };
  const start = (corner) => {
    const [first] = down.values();
    from = { ...square(), x: first.x, y: first.y, corner, apart: down.size > 1 ? apart() : 0 };
  };
  stage.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    stage.setPointerCapture(event.pointerId);
    down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (!box.contains(event.target) && down.size === 1) { // next to the square: move it there
      const at = stage.getBoundingClientRect(), half = square().side / 2;
      put({ left: (event.clientX - at.left) * scale() - half, top: (event.clientY - at.top) * scale() - half });
    }
    start(event.target.classList.contains("photo-corner"));
    event.preventDefault();
    box.focus({ preventScroll: true });
  });
  stage.addEventListener("pointermove", (event) => {
    if (!down.has(event.pointerId)) return;
    down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const [first] = down.values(), by = { x: (first.x - from.x) * scale(), y: (first.y - from.y) * scale() };
    if (from.apart && down.size > 1) resize((from.side * apart()) / from.apart);
    else if (from.corner) put({ side: from.side + Math.max(by.x, by.y), left: from.left, top: from.top });
    else put({ left: from.left + by.x, top: from.top + by.y });
  });
  for (const end of ["pointerup", "pointercancel"]) {
    stage.addEventListener(end, (event) => {
      if (down.delete(event.pointerId) && down.size) start(false);
    });
  }
}

const here = () => document.querySelector("[data-photo][data-begun]");
const pictureIn = (carried) => [...(carried?.files ?? [])].find((each) => each.type.startsWith("image/") || /\.hei[cf]$/i.test(each.name));

function give(event, carried) {
  const picked = here() && pictureIn(carried);
  if (!picked) return;
  event.preventDefault();
  here().dispatchEvent(new CustomEvent("photo:given", { detail: picked }));
}

function find() {
  for (const root of document.querySelectorAll("[data-photo]:not([data-begun])")) {
    root.dataset.begun = "";
    begin(root);
  }
}

document.addEventListener("dragover", (event) => here() && event.preventDefault());
document.addEventListener("drop", (event) => {
  if (here()) event.preventDefault(); // otherwise the browser would open the file
  give(event, event.dataTransfer);
});
document.addEventListener("paste", (event) => give(event, event.clipboardData));
document.addEventListener("htmx:after:settle", find);
find();
