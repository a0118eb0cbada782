// Runs once in the reader's component; Gradio gives `element` and `server` (server.read_source(id) returns HTML).
const frame = element.closest("#ibid-main");
const talk = frame.querySelector("#ibid-talk");
const pane = element.querySelector(".ibid-scroll");
const here = element.querySelector(".ibid-here");
const said = element.querySelector(".ibid-said");
const picker = element.querySelector(".ibid-picker");
const trouble = element.querySelector(".ibid-trouble");
const closer = element.querySelector(".ibid-close");
const steps = element.querySelector(".ibid-steps");
const narrow = window.matchMedia("(max-width: 860px)");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const sources = new Map(); // the documents that were open, by id and version
let opened = null; // the button that opened the reader, to give the focus back to
let shown = null; // the place of the highlighted quote
let cites = []; // the places of the citations that belong together, and which of them is shown
let cite = 0;
let turnOf = ""; // the key of the turn that they stand in
let wanted = 0; // counts requests, so that a slow answer never overtakes a newer click

const article = () => pane.querySelector(".ibid-document");
const key = ({ dataset: d }) => `${d.document} ${d.version}`;

// Capitals of a heading are set smaller, so that they do not shout.
function place(section, page) {
  const spans = (section ? section.split(" › ") : []).map((part) => {
    const span = document.createElement("span");
    span.textContent = part;
    span.className = part === part.toUpperCase() ? "ibid-caps" : "";
    return span;
  });
  spans.at(-1)?.classList.add("ibid-leaf");
  if (page) {
    const span = document.createElement("span");
    span.textContent = `p. ${page}`;
    span.className = "ibid-on";
    spans.push(span);
  }
  here.replaceChildren(...spans);
  return spans.map((span) => span.textContent).join(", ");
}

// Waits a second at most: a tab that is just being switched to needs a frame or two.
async function visible(part) {
  for (let frames = 0; frames < 60 && !part.checkVisibility(); frames++) await new Promise(requestAnimationFrame);
}

// Opens a document as it was when it was quoted, else as it is now; says whether it is that, null where none came.
async function load(id, version = "", request = ++wanted) {
  const known = [article(), ...sources.values()];
  let found = version && known.find(({ dataset: d }) => d.document === id && d.version === version);
  if (!found) {
    const html = await server.read_source(id); // nothing where the app does not answer, which lost.js says
    if (!html) {
      if (request === wanted) tell("This document could not be fetched: try again when the app answers.");
      return null;
    }
    const holder = document.createElement("div");
    holder.innerHTML = html;
    found = holder.firstElementChild;
    if (key(found) === key(article())) found = article();
    else if (found.dataset.document) sources.set(key(found), found);
  }
  const current = article(); // another than before, when one that was wanted earlier has come meanwhile
  if (request !== wanted) return false;
  pick(found.dataset.document || id, found);
  if (current !== found) {
    if (current.dataset.document) sources.set(key(current), current);
    current.replaceWith(found);
    pane.scrollTop = 0;
    element.dispatchEvent(new CustomEvent("ibid-loaded"));
  }
  tell("");
  return !version || !found.dataset.document || found.dataset.version === version;
}

// Shows in the list which document is open, also where the list is too long to have it.
function pick(id, source = article()) {
  picker.value = id;
  if (picker.selectedIndex < 0 && id) picker.prepend(new Option(source.ariaLabel ?? id, id, false, true));
}

// A line above the document; an empty one takes it away.
function tell(line) {
  trouble.textContent = line;
  trouble.hidden = !line;
}

function unmark() {
  for (const mark of pane.querySelectorAll("mark")) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
  for (const button of document.querySelectorAll(".ibid-open")) {
    button.classList.remove("ibid-open");
    button.removeAttribute("aria-current");
  }
  shown = null;
  element.dispatchEvent(new CustomEvent("ibid-marked"));
}

// Offsets count characters as Python does; the browser counts a character beyond the basic plane twice.
function index(text, characters) {
  let at = 0;
  for (let i = 0; i < characters && at < text.length; i++) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
}

function mark(start, end) {
  const marks = [];
  for (const run of pane.querySelectorAll("[data-o]")) {
    const from = Number(run.dataset.o);
    const to = Number(run.dataset.e);
    if (to <= start || from >= end) continue;
    const text = run.firstChild;
    const range = document.createRange();
    range.setStart(text, index(text.data, Math.max(start - from, 0)));
    range.setEnd(text, index(text.data, Math.min(end, to) - from));
    const highlight = document.createElement("mark");
    range.surroundContents(highlight);
    marks.push(highlight);
  }
  element.dispatchEvent(new CustomEvent("ibid-marked"));
  return marks;
}

function scrollTo(target, share) {
  const top = target.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
  pane.scrollTo({ top: top - pane.clientHeight * share, behavior: calm.matches ? "auto" : "smooth" });
}

function openPanel(button) {
  if (!narrow.matches) return;
  opened = button;
  frame.classList.add("ibid-reading");
  talk.inert = true;
  closer.focus({ preventScroll: true });
  locate();
}

function closePanel() {
  if (!frame.classList.contains("ibid-reading")) return;
  frame.classList.remove("ibid-reading");
  talk.inert = false;
  // The shell goes back to the tab that the reader was opened from, where the focus belongs.
  document.dispatchEvent(new CustomEvent("ibid-closed", { detail: opened }));
  visible(opened).then(() => opened.focus({ preventScroll: true }));
}

const sameText = (a, b) => a.document === b.document && a.version === b.version;
const same = (a, b) => sameText(a, b) && a.start === b.start && a.end === b.end;
const holds = (a, b) => sameText(a, b) && +a.start <= +b.start && +b.end <= +a.end;

// The citations to go on to and back to: those of the answer, or of the list or table, that a button stands in.
function gather(button) {
  const turn = button.closest(".ibid-turn");
  const list = button.closest(".ibid-sources") ?? turn?.querySelector(".ibid-answer ~ .ibid-sources");
  const whole = button.classList.contains("ibid-whole"); // it opens a document, and no words of it
  const around = whole ? button : (list ?? button.closest("ol, ul, table") ?? button);
  const buttons = around === button ? [button] : around.querySelectorAll("[data-document][data-start]");
  const places = [...buttons].map(({ dataset }) => ({ ...dataset }));
  turnOf = turn?.dataset.key ?? "";
  cites = places.filter((place, i) => places.findIndex((other) => same(place, other)) === i);
  cite = cites.findIndex((place) => same(place, button.dataset));
  if (cite < 0) cite = cites.findIndex((place) => holds(place, button.dataset)); // an item of a list
  if (cite < 0) [cites, cite] = [[{ ...button.dataset }], 0];
}

async function show(button) {
  gather(button);
  const request = ++wanted;
  await visible(frame); // the shell may just be switching to this tab
  openPanel(button);
  await reveal({ ...button.dataset }, request);
}

function goOn(by) {
  if (cites.length < 2) return;
  cite = (cite + by + cites.length) % cites.length;
  reveal(cites[cite], ++wanted);
}

// Marks a place and scrolls to it, and marks the buttons that open it.
async function reveal(at, request) {
  const whole = await load(at.document, at.version, request);
  if (request !== wanted || whole === null) return;
  unmark();
  if (!whole) {
    tell("This document was changed since the answer was given, so its words cannot be shown: ask again.");
    return;
  }
  steps.classList.toggle("ibid-several", cites.length > 1);
  steps.querySelector(".ibid-step").textContent = `${cite + 1} of ${cites.length}`;
  const marks = mark(Number(at.start), Number(at.end));
  const turn = turnOf && document.querySelector(`.ibid-turn[data-key="${CSS.escape(turnOf)}"]`);
  for (const button of (turn || document).querySelectorAll("[data-document][data-start]")) {
    if (!same(button.dataset, at)) continue;
    button.classList.add("ibid-open");
    button.setAttribute("aria-current", "true");
  }
  if (!marks.length) return;
  shown = { section: at.section, page: at.page, first: marks[0], last: marks[marks.length - 1] };
  const number = cites.length > 1 ? `, ${cite + 1} of ${cites.length}` : "";
  said.textContent = `The source shows the quote${number}: ${place(at.section, at.page)}`;
  scrollTo(marks[0], 0.28);
}

// The running head: where the highlighted quote stands while it is in view, else where the reader has scrolled to.
function locate() {
  const view = pane.getBoundingClientRect();
  if (shown && shown.first.isConnected) {
    const above = shown.first.getBoundingClientRect().top;
    const below = shown.last.getBoundingClientRect().bottom;
    if (above < view.bottom && below > view.top) {
      place(shown.section, shown.page);
      return;
    }
  }
  const passed = (item) => item.getBoundingClientRect().top <= view.top + 48;
  const lastPassed = (items) => {
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (passed(items[middle])) low = middle + 1;
      else high = middle;
    }
    return items[low - 1];
  };
  const block = lastPassed(pane.querySelectorAll(".ibid-block"));
  const page = lastPassed(pane.querySelectorAll(".ibid-page"));
  place(block?.dataset.section, page?.dataset.page);
}

function follow(link) {
  const attribute = link.dataset.ref === undefined ? "data-ref" : "data-note";
  const number = link.dataset.ref ?? link.dataset.back;
  const target = pane.querySelector(`[${attribute}="${CSS.escape(number)}"]`);
  if (!target) return;
  scrollTo(target, 0.4);
  target.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-document][data-start]");
  if (button) show(button);
  const reader = event.target.closest(".ibid-read");
  if (reader) openPanel(reader);
  const link = event.target.closest(".ibid-noteref, .ibid-back");
  if (link) {
    event.preventDefault();
    follow(link);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closePanel();
});
steps.querySelector(".ibid-before").addEventListener("click", () => goOn(-1));
steps.querySelector(".ibid-after").addEventListener("click", () => goOn(1));
element.addEventListener("keydown", (event) => {
  if (event.target.closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n") goOn(1);
  if (event.key === "p") goOn(-1);
});
closer.addEventListener("click", closePanel);
narrow.addEventListener("change", closePanel);
picker.addEventListener("change", async () => {
  const request = ++wanted;
  const read = await load(picker.value, "", request);
  if (request !== wanted) return;
  if (read === null) {
    pick(article().dataset.document);
    return;
  }
  unmark();
  locate();
});

// The library has changed: other documents to choose from, and none that is open and gone.
async function restock({ documents, total }) {
  const chosen = article().dataset.document;
  const more = total > documents.length; // of which the page is not told: the app is asked for them
  picker.replaceChildren(...documents.map(({ id, title }) => new Option(title, id)));
  if (more) {
    const rest = new Option(`${(total - documents.length).toLocaleString("en")} more: read them from the Library`, "");
    rest.disabled = true;
    picker.append(rest);
  }
  picker.hidden = total < 2;
  const versions = new Map(documents.map(({ id, version }) => [id, version]));
  for (const [name, { dataset: d }] of sources) if (versions.get(d.document) !== d.version) sources.delete(name);
  const open = versions.has(chosen) || (chosen && more) ? chosen : documents[0]?.id;
  if (open === chosen) pick(chosen);
  if (open !== undefined && (open !== chosen || versions.get(open) !== article().dataset.version)) await load(open);
  locate();
}
document.addEventListener("ibid-documents", (event) => restock(event.detail));
const shelf = document.querySelector(".ibid-shelf");
if (shelf) restock(JSON.parse(shelf.dataset.shelf));

let waiting = false;
pane.addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    locate();
  });
});
locate();
