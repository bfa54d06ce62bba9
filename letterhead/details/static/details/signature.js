// A pad to sign on. The form sends the strokes; the server draws the picture from them.
const rounded = ({ x, y }) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
const path = (stroke) => `M${stroke.map((point) => point.join(" ")).join("L")}`;

function begin(pad) {
  const form = pad.closest("form"), sheet = pad.querySelector("svg"), line = pad.querySelector("path");
  const field = form.elements.strokes;
  let strokes = field.value ? JSON.parse(field.value) : [], drawing = null;
  const { width, height } = sheet.viewBox.baseVal;

  const show = () => line.setAttribute("d", strokes.map(path).join(""));
  const keep = () => {
    field.value = strokes.length ? JSON.stringify(strokes) : "";
    if (strokes.length) form.querySelector("[name=paper_signature][value=drawn]").checked = true;
    field.dispatchEvent(new Event("input", { bubbles: true })); // a hidden field sends no event itself
  };
  const at = (event) => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.getScreenCTM().inverse());
    return rounded({ x: Math.min(Math.max(x, 0), width), y: Math.min(Math.max(y, 0), height) });
  };

  sheet.addEventListener("pointerdown", (event) => {
    sheet.setPointerCapture(event.pointerId);
    drawing = [at(event)];
    strokes.push(drawing);
    show();
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) drawing.push(at(each));
    show();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    sheet.addEventListener(end, () => {
      if (drawing?.length === 1) drawing.push(drawing[0]);
      drawing = null;
      keep();
    });
  }
  pad.querySelector("[data-clear]").addEventListener("click", () => {
    strokes = [];
    show();
    keep();
  });
  pad.hidden = false;
  show();
}

function find() {
  for (const pad of document.querySelectorAll("[data-pad][hidden]")) begin(pad);
}

document.addEventListener("htmx:after:settle", find);
find();
