// Runs once in the History tab, behind store.js; Gradio gives `element`, `trigger` and `server`.
const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[‘’]/g, "'").toLowerCase().replace(/ß/g, "ss");
const list = element.querySelector(".ibid-talks");
const field = element.querySelector(".ibid-filter");
const matching = element.querySelector(".ibid-matching");
const notice = element.querySelector(".ibid-history-said");
const LONGEST_NAME = 200;
const FORMS = { markdown: "Markdown", html: "HTML", json: "JSON" };
let deleted = null; // the conversation that can be had back

const counted = (number, what) => `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
const rowOf = (id) => list.querySelector(`[data-id="${CSS.escape(id)}"]`);

function make(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  if (tag === "button") made.type = "button";
  return made;
}

function action(name, label) {
  const button = make("button", "ibid-act", label);
  button.dataset.do = name;
  return button;
}

function when(at) {
  const time = new Date(at);
  return Number.isNaN(+time) ? "" : time.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

// Everything in it is a text node: names, questions and answers are only ever shown as text.
function row(talk) {
  const item = make("li", "ibid-talk");
  item.dataset.id = talk.id;
  const name = String(talk.name);
  const open = make("button", "ibid-reopen");
  open.append(
    make("span", "ibid-talk-name", name),
    make("span", "ibid-talk-told", [counted(talk.turns.length, "question"), when(talk.at)].filter(Boolean).join(" · ")),
  );
  const exporting = make("details", "ibid-cite");
  const menu = make("div", "ibid-menu");
  menu.setAttribute("role", "group");
  menu.setAttribute("aria-label", "Form of the file");
  for (const [form, label] of Object.entries(FORMS)) {
    const button = action("export", label);
    button.dataset.form = form;
    menu.append(button);
  }
  exporting.append(make("summary", "ibid-act", "Export"), menu);
  const actions = make("div", "ibid-actions");
  actions.setAttribute("role", "group");
  actions.setAttribute("aria-label", `Actions on ‘${name}’`);
  actions.append(action("rename", "Rename"), exporting, action("delete", "Delete"));
  item.append(open, actions);
  item.words = folded([name, ...talk.turns.flatMap((t) => [t.question, t.completed, t.answer])].filter(Boolean).join(" "));
  return item;
}

function filter() {
  const wanted = folded(field.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const item of list.children) {
    item.hidden = !wanted.every((word) => item.words.includes(word));
    found += item.hidden ? 0 : 1;
  }
  const all = list.children.length;
  matching.textContent = !all ? "" : found ? counted(found, "conversation") : "No conversation matches";
}

function draw() {
  const talks = fetchAll();
  list.replaceChildren(...talks.map(row));
  element.querySelector(".ibid-history").classList.toggle("ibid-empty", !talks.length);
  filter();
  const dropped = storage()?.getItem(DROPPED);
  if (!storage()) say("This browser keeps nothing: its storage is turned off for this page.");
  else if (dropped !== null) say(`‘${dropped}’ and what was older made room for newer conversations: export what you need.`, "seen", "Close");
}

function say(text, act = "", label = "") {
  notice.replaceChildren(make("span", "", text), ...(act ? [action(act, label)] : []));
  notice.hidden = !text;
}

function rename(item) {
  const talk = fetchOne(item.dataset.id);
  const form = make("form", "ibid-rename");
  const label = make("label", "", "Name ");
  const input = make("input", "ibid-filter");
  const save = make("button", "ibid-act", "Save");
  input.value = talk.name;
  input.maxLength = LONGEST_NAME;
  save.type = "submit";
  label.append(input);
  form.append(label, save, action("cancel", "Cancel"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = input.value.trim().replace(/\s+/g, " ");
    if (name) put({ ...fetchOne(talk.id), name });
    else draw();
    rowOf(talk.id)?.querySelector(".ibid-reopen").focus();
  });
  item.replaceChildren(form);
  input.focus();
  input.select();
}

function cancel(item) {
  draw();
  rowOf(item.dataset.id)?.querySelector("[data-do=rename]").focus();
}

async function download(talk, form) {
  const file = await server.write({ talk, form });
  if (!file) return; // the app does not answer
  const { name, type, text, error } = file;
  if (error) {
    say(error);
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

element.addEventListener("input", (event) => {
  if (event.target === field) filter();
});
element.addEventListener("click", (event) => {
  const item = event.target.closest(".ibid-talk");
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches(".ibid-reopen")) {
    document.dispatchEvent(new CustomEvent("ibid-reopening"));
    trigger("reopen", { talk: fetchOne(item.dataset.id) });
    document.querySelector("#ibid-tabs [role=tab]").click();
  }
  if (button.dataset.do === "rename") rename(item);
  if (button.dataset.do === "cancel") cancel(item);
  if (button.dataset.do === "delete") {
    deleted = fetchOne(item.dataset.id);
    drop(deleted.id);
    say(`Deleted ‘${deleted.name}’.`, "undo", "Undo");
    notice.querySelector("button").focus();
  }
  if (button.dataset.do === "undo") {
    say("");
    put(deleted);
    rowOf(deleted.id)?.querySelector(".ibid-reopen").focus();
  }
  if (button.dataset.do === "seen") {
    storage().removeItem(DROPPED);
    say("");
    field.focus();
  }
  if (button.dataset.do === "export") {
    const menu = button.closest("details");
    menu.open = false;
    menu.querySelector("summary").focus();
    download(fetchOne(item.dataset.id), button.dataset.form);
  }
});
element.addEventListener("keydown", (event) => {
  const item = event.target.closest(".ibid-talk");
  if (event.key !== "Escape" || !item) return;
  if (event.target.matches("input")) cancel(item);
  const menu = item.querySelector("details[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of element.querySelectorAll("details[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("ibid-kept", draw);
window.addEventListener("storage", draw); // another window kept or deleted one
draw();
