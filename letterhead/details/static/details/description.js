// Turns the textarea of a [data-rich] field into an editor; if that fails, the textarea stays.
// The field still has the value to send: unchanged until something is edited, then HTML.
const TAGS = ["p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "i", "em", "ul", "ol", "li", "a"];
const SCHEME = /^(?:https?|mailto|tel):/i;
const OWN_KEYS = ["Tab", "Shift-Tab", "PageUp", "PageDown"]; // left to the browser: to leave the field and to scroll
const NO_KEYS = ["u", "d", "[", "]", "Shift-5", "Shift-6", "Shift-7"]; // formats that we don't store
const MARKED = { bold: "B", italic: "I", link: "A" };
const LISTED = { bullets: "UL", numbers: "OL" };
const PAUSE = 1000; // ms without a key before the count is read out
const editors = new Set();

// Pasted bold and italic are often styles. As the server, at the beginning of a property: Word
// writes mso-bidi-font-weight of letters in other scripts too.
const STYLED = [
  { tag: "b", marks: /^(b|strong)$/i, on: /(?<![\w-])font-weight\s*:\s*(bold|1000|[6-9]\d\d)\b/i, off: /(?<![\w-])font-weight\s*:\s*(normal|[1-5]\d\d)\b/i },
  { tag: "i", marks: /^(i|em)$/i, on: /(?<![\w-])font-style\s*:\s*italic\b/i, off: /(?<![\w-])font-style\s*:\s*normal\b/i },
];

function keepStyledMarks(purify) {
  purify.addHook("uponSanitizeElement", (node) => {
    const style = node.getAttribute?.("data-style");
    if (!style) return;
    STYLED.filter(({ on }) => on.test(style)).forEach(({ tag }) => wrap(node, tag));
    const isPlain = ({ marks, off }) => marks.test(node.nodeName) && off.test(style);
    if (STYLED.some(isPlain)) node.replaceWith(...node.childNodes);
  });
}

function wrap(node, tag) {
  const mark = node.ownerDocument.createElement(tag);
  mark.append(...node.childNodes);
  node.append(mark);
}

// The content policy reports styles and handlers even in the hidden document that the purifier
// reads, so they are removed or renamed before.
function renamed(html) {
  const unstyled = html.replace(/<style[\s\S]*?(<\/style>|$)/gi, "");
  return unstyled.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s"'/])(style|on\w+)\s*=/gi, "$1data-$2="));
}

function cleaner(purify) {
  const allowed = {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ["href"],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: SCHEME,
    RETURN_DOM_FRAGMENT: true,
  };
  return (html) => {
    const clean = document.importNode(purify.sanitize(renamed(html), allowed), true);
    clean.querySelectorAll("h1, h2").forEach((heading) => rename(heading, "h3")); // as the server does
    clean.querySelectorAll("h5, h6").forEach((heading) => rename(heading, "h4"));
    return clean;
  };
}

function rename(block, tag) {
  const other = block.ownerDocument.createElement(tag);
  other.append(...block.childNodes);
  block.replaceWith(other);
}

// Counts like rich_text.length_of: an accent, a skin tone, a joined emoji or the end of a Korean
// syllable adds nothing.
function characters(text) {
  const lines = text.replace(/[\u200b\ufeff]/g, "").split("\n").map((line) => line.replace(/\s+/g, " ").trim());
  const seen = lines.join("").replace(/\u200d./gsu, "").replace(/[\p{M}\u1160-\u11ff\u{1f3fb}-\u{1f3ff}]/gu, "");
  return [...seen].length;
}

// the URL for www.a.example, a@b.example or +1 212 555 0142; "" if it isn't one
function address(typed) {
  const text = typed.trim();
  if (SCHEME.test(text)) return text;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  if (/^\+?[\d\s().-]{5,}$/.test(text)) return `tel:${text.replace(/[^\d+]/g, "")}`;
  return /^[^\s:/]+\.[^\s:]+$/.test(text) ? `https://${text}` : "";
}

function changeBlocks(editor, tag) {
  editor.removeList();
  editor.modifyBlocks((fragment) => {
    fragment.querySelectorAll("p, div, h3, h4").forEach((block) => rename(block, tag));
    return fragment;
  });
}

function around(editor, tags) {
  const { commonAncestorContainer: here } = editor.getSelection();
  const found = (here.closest ? here : here.parentElement)?.closest(tags);
  return found && editor.getRoot().contains(found) && found !== editor.getRoot() ? found : null;
}

function clear(editor) {
  const range = editor.getSelection();
  const block = around(editor, "p, h3, h4, li");
  if (range.collapsed && block) {
    range.selectNodeContents(block);
    editor.setSelection(range);
  }
  editor.removeAllFormatting();
  changeBlocks(editor, "p");
}

function press(editor, tool, links) {
  const on = isOn(editor, tool);
  if (tool === "heading") changeBlocks(editor, on ? "p" : "h3");
  else if (tool === "bold") on ? editor.removeBold() : editor.bold();
  else if (tool === "italic") on ? editor.removeItalic() : editor.italic();
  else if (tool === "bullets") on ? editor.removeList() : editor.makeUnorderedList();
  else if (tool === "numbers") on ? editor.removeList() : editor.makeOrderedList();
  else if (tool === "clear") clear(editor);
  else if (tool === "undo") editor.undo();
  else if (tool === "redo") editor.redo();
  if (tool === "link") links.open();
  else editor.focus();
}

function isOn(editor, tool) {
  if (tool === "heading") return Boolean(around(editor, "h3, h4"));
  if (LISTED[tool]) return around(editor, "ul, ol")?.nodeName === LISTED[tool];
  return Boolean(MARKED[tool]) && editor.hasFormat(MARKED[tool]);
}

function toolbarOf(editor, bar, links) {
  const buttons = [...bar.querySelectorAll("button")];
  const stop = (chosen) => buttons.forEach((button) => { button.tabIndex = button === chosen ? 0 : -1; });
  stop(buttons[0]);
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // keep the selection in the text
  bar.addEventListener("focusin", ({ target }) => stop(target));
  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button && button.getAttribute("aria-disabled") !== "true") press(editor, button.dataset.tool, links);
  });
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons.at(to % buttons.length).focus();
  });
  const show = () => buttons.filter((button) => button.ariaPressed !== null).forEach((button) => {
    button.ariaPressed = String(isOn(editor, button.dataset.tool));
  });
  ["pathChange", "select", "cursor", "input"].forEach((type) => editor.addEventListener(type, show));
  const can = (tool, able) => { bar.querySelector(`[data-tool=${tool}]`).ariaDisabled = String(!able); };
  editor.addEventListener("undoStateChange", ({ detail }) => {
    can("undo", detail.canUndo);
    can("redo", detail.canRedo);
  });
}

// The row that asks for a link's address, instead of a browser prompt.
function linksOf(editor, row) {
  const input = row.querySelector("input");
  const wrong = row.querySelector(".err");
  const close = () => {
    row.hidden = true;
    globalThis.CSS.highlights?.delete("linking");
    editor.focus();
  };
  const fail = (is) => { wrong.hidden = !is; input.ariaInvalid = String(is); };
  const set = () => {
    const url = address(input.value);
    fail(!url);
    if (!url) return input.focus();
    close();
    editor.makeLink(url);
    editor.focus();
  };
  const remove = () => { close(); editor.removeLink(); editor.focus(); };
  row.addEventListener("input", (event) => event.stopPropagation()); // not a field of the form
  row.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || (event.key === "Enter" && event.target === input)) {
      event.preventDefault();
      event.stopPropagation();
      event.key === "Escape" ? close() : set();
    }
  });
  row.addEventListener("click", ({ target }) => ({ set, remove, close })[target.closest("button")?.dataset.link]?.());
  return {
    open() {
      const link = around(editor, "a");
      const range = editor.getSelection();
      if (link) {
        range.selectNode(link);
        editor.setSelection(range);
      }
      // keep showing the selection while the focus is here
      globalThis.CSS.highlights?.set("linking", new Highlight(range));
      row.querySelector("[data-link=remove]").hidden = !link;
      input.value = link?.getAttribute("href") ?? "";
      fail(false);
      row.hidden = false;
      input.focus();
      input.select();
    },
  };
}

function counterOf(root, counter, most) {
  const shown = counter.querySelector("[data-count]");
  const spoken = counter.querySelector("[role=status]");
  let pause;
  return (say) => {
    const length = characters(root.innerText);
    const over = length - most;
    const text = over > 0 ? counter.dataset.over : counter.dataset.within;
    const numbers = { length, most, over };
    shown.textContent = text.replace(/\{(\w+)\}/g, (_, name) => numbers[name].toLocaleString(document.documentElement.lang));
    counter.classList.toggle("over", over > 0);
    clearTimeout(pause);
    if (say) pause = setTimeout(() => { spoken.textContent = shown.textContent; }, PAUSE);
  };
}

function surfaceFor(field) {
  const label = document.querySelector(`label[for="${field.id}"]`);
  const root = document.createElement("div");
  root.className = "prose";
  root.role = "textbox";
  root.ariaMultiLine = "true";
  root.tabIndex = 0;
  label.id = `${field.id}_label`;
  label.addEventListener("click", () => root.focus());
  root.setAttribute("aria-labelledby", label.id);
  root.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${field.id}_count`.trim());
  if (field.ariaInvalid) root.ariaInvalid = field.ariaInvalid;
  root.id = field.id; // so that the label and links to errors lead here
  field.removeAttribute("id");
  return root;
}

function build(rich, Squire, purify) {
  const field = rich.querySelector("textarea");
  if (!rich.isConnected || field.value !== field.defaultValue) return; // typed before the script loaded: stay plain
  const form = new FormData(field.form);
  const original = { text: field.value, as: form.get("written_as") };
  const wasFocused = document.activeElement === field;
  const tools = rich.querySelector("template").content.cloneNode(true);
  const [bar, row, counter] = ["[role=toolbar]", ".link-row", ".count"].map((part) => tools.querySelector(part));
  const hint = document.getElementById(`${field.id}_helptext`);
  if (hint) hint.textContent = rich.dataset.hint;
  counter.id = `${field.id}_count`;
  const root = surfaceFor(field);
  bar.setAttribute("aria-controls", root.id);
  field.before(bar, row, root);
  field.hidden = true;
  (hint ?? field).after(counter);

  root.addEventListener("beforeinput", (event) => {
    if (!/^format(?!Bold|Italic|Remove)/.test(event.inputType)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  const editor = new Squire(root, { blockTag: "P", sanitizeToDOMFragment: cleaner(purify) });
  editors.add(editor);
  const links = linksOf(editor, row);
  const mod = /Mac|iP(hone|ad)/.test(navigator.platform) ? "Meta-" : "Ctrl-";
  OWN_KEYS.forEach((key) => editor.setKeyHandler(key, null));
  NO_KEYS.forEach((key) => editor.setKeyHandler(mod + key, (_, event) => event.preventDefault()));
  ["k", "K"].forEach((key) => editor.setKeyHandler(mod + key, (_, event) => { event.preventDefault(); links.open(); }));
  toolbarOf(editor, bar, links);
  editor.setHTML(original.as === "html" ? original.text : rich.dataset.html);
  const count = counterOf(root, counter, Number(rich.dataset.most));
  const untouched = editor.getHTML();
  count(false);
  editor.addEventListener("input", () => {
    const html = editor.getHTML();
    const same = html === untouched;
    field.value = same ? original.text : html;
    rich.querySelector("[name=written_as]").value = same ? original.as : "html";
    count(true);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  if (wasFocused) editor.focus();
}

async function enhance() {
  for (const editor of editors) {
    if (editor.getRoot().isConnected) continue;
    editor.destroy();
    editors.delete(editor);
  }
  for (const rich of document.querySelectorAll("[data-rich]:not([data-seen])")) {
    rich.dataset.seen = "";
    try {
      const [squire, purify] = await Promise.all([import(rich.dataset.squire), import(rich.dataset.purify)]);
      if (!purify.default.isOurs) keepStyledMarks(purify.default);
      purify.default.isOurs = true;
      build(rich, squire.default, purify.default);
    } catch { /* without these modules the plain textarea stays, which saves too */ }
  }
}

document.addEventListener("htmx:after:settle", enhance);
enhance();
