// Runs once in the conversation's component; Gradio gives `element`, `trigger` and `server`.
const log = element.closest("#ibid-log");
const told = document.createElement("p"); // outside the component, which is rewritten whole
const labels = new WeakMap(); // the names of buttons that say 'Copied' for a moment
const following = new Map(); // the questions to ask next, by the key of their turn
let turns = 0;
let awaited = null; // a turn's key and the button that was pressed, until the app has answered

told.className = "ibid-hidden";
told.setAttribute("role", "status");
log.parentElement.append(told);

// What is done while an answer streams would be undone by its next frame, and two answers at once would undo each other.
const streams = () => element.querySelector(".ibid-turn[aria-busy=true]") !== null;

function press(button) {
  const turn = button.closest(".ibid-turn");
  const { key } = turn.dataset;
  const { act } = button.dataset;
  if (streams()) return;
  const text = turn.querySelector(".ibid-comment textarea")?.value ?? "";
  awaited = { key, act };
  if (act === "retry") trigger("retry", { key });
  else trigger("act", { key, act, text });
}

// The focus goes to what was opened to be written in, and back to the button when a panel that had it is closed.
function refocus() {
  if (!awaited) return;
  const turn = element.querySelector(`.ibid-turn[data-key="${CSS.escape(awaited.key)}"]`);
  const panel = turn?.querySelector(".ibid-panel");
  if (awaited.act === "wrong" && panel) panel.querySelector("textarea")?.focus({ preventScroll: true });
  else if (turn && ["say", "case", "close"].includes(awaited.act) && !panel) {
    const opener = awaited.act === "case" ? "[data-act=wrong]" : "[aria-pressed=true], [data-act=wrong]";
    turn.querySelector(opener)?.focus({ preventScroll: true });
  } else if (panel || awaited.act === "retry") panel?.scrollIntoView({ block: "nearest" });
  else return;
  awaited = null;
}

async function copy(button) {
  const { copy: copying, link } = button.dataset;
  const text = link === undefined ? copying : location.origin + location.pathname + copying;
  let copied = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copied = copyBySelection(text); // not over https, or not allowed
  }
  const menu = button.closest("details");
  const label = menu ? menu.querySelector("summary") : button;
  if (!labels.has(label)) labels.set(label, label.textContent);
  if (menu) menu.open = false;
  told.textContent = "";
  requestAnimationFrame(() => (told.textContent = copied ? "Copied" : "The browser did not let it be copied"));
  label.textContent = copied ? "Copied" : "Not copied";
  label.focus({ preventScroll: true });
  setTimeout(() => (label.textContent = labels.get(label)), 1500);
}

function copyBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "ibid-hidden";
  log.parentElement.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

// The ids of the documents that this session does not ask; the library keeps them.
function leftOut() {
  try {
    return JSON.parse(sessionStorage.getItem("ibid-left-out") ?? "[]");
  } catch {
    return [];
  }
}

// Questions that the answer's neighbourhood answers; they are made once the answer stands there.
async function suggest(turn) {
  const { key } = turn.dataset;
  const quotes = [...turn.querySelectorAll(".ibid-answer ~ .ibid-sources .ibid-source[data-start]")];
  if (!key || !quotes.length) return;
  if (!following.has(key)) {
    following.set(key, []);
    const asked = [...element.querySelectorAll("[data-asked]")].map((heading) => heading.dataset.asked);
    const cited = quotes.map(({ dataset: d }) => [d.document, Number(d.start), Number(d.end)]);
    const answered = { asked, cited, left_out: leftOut() };
    following.set(key, (await server.follow_ups(answered).catch(() => [])) ?? []); // nothing when it is cut off
  }
  const questions = following.get(key);
  const last = [...element.querySelectorAll(".ibid-turn")].at(-1); // which may have been drawn anew meanwhile
  const slot = last?.dataset.key === key && last.querySelector(".ibid-next");
  if (!questions.length || !slot || slot.childElementCount) return;
  const label = document.createElement("p");
  label.className = "ibid-label";
  label.textContent = "You could ask next";
  const list = document.createElement("ul");
  list.className = "ibid-examples";
  for (const question of questions) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ibid-example";
    button.textContent = question;
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  }
  slot.replaceChildren(label, list);
}

element.addEventListener("click", (event) => {
  const example = event.target.closest(".ibid-example");
  if (example && !streams()) trigger("example", { question: example.textContent });
  const button = event.target.closest("[data-act]");
  if (button) press(button);
  const copier = event.target.closest("[data-copy]");
  if (copier) copy(copier);
});
const box = () => log.parentElement.querySelector("#ibid-question textarea");
let sent = null; // what was asked and still stands in the box, where more may be written behind it
let opening = false; // a conversation is being opened again: what is asked goes to that
let held = false; // it was asked meanwhile

// The box keeps what was asked until that is in the conversation, for the app may not answer; then it leaves the box.
function takeSent() {
  const area = box();
  if (sent === null || !area) return;
  if (area.value.startsWith(sent)) {
    area.value = area.value.slice(sent.length).trimStart();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  sent = null;
}

document.addEventListener("ibid-reopening", () => {
  opening = true;
});
document.addEventListener("ibid-reopened", () => {
  opening = false;
  if (held) log.parentElement.querySelector("#ibid-question .submit-button").click();
  held = false;
});
for (const kind of ["keydown", "click"]) {
  const asks = (event) =>
    kind === "click" ? event.target.closest(".submit-button") : event.key === "Enter" && !event.shiftKey && !event.isComposing;
  log.parentElement.addEventListener(
    kind,
    (event) => {
      if (!event.target.closest("#ibid-question") || !asks(event)) return;
      if (!streams() && !opening) {
        sent = box().value;
        return;
      }
      held = opening;
      event.preventDefault();
      event.stopPropagation(); // before Gradio hears of it; what is written stays
    },
    true,
  );
}
document.addEventListener("click", (event) => {
  for (const menu of element.querySelectorAll(".ibid-cite[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
element.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest(".ibid-cite[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus({ preventScroll: true });
  event.stopPropagation();
});

// A new question comes to the top of the view, and its answer grows below it.
new MutationObserver(() => {
  const all = element.querySelectorAll(".ibid-turn");
  if (all.length > turns) {
    takeSent();
    const top = all[all.length - 1].getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop;
    log.scrollTo({ top });
  }
  turns = all.length;
  refocus();
  if (turns && all[turns - 1].getAttribute("aria-busy") === "false") suggest(all[turns - 1]);
}).observe(element, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-busy", "aria-expanded"] });
