// Runs once in the library's list; Gradio gives `element`, `trigger` and `watch`. The choice is kept for the browser's session.
const key = "ibid-left-out";
let turned = false; // to another leaf of the list, whose beginning is to be seen
let removing = null; // the id of the document that is to go; the focus goes to the list when it has gone

function leftOut() {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(key) ?? "[]"));
  } catch {
    return new Set();
  }
}

function tick() {
  const out = leftOut();
  for (const volume of element.querySelectorAll(".ibid-volume")) {
    const asked = !out.has(volume.dataset.id);
    volume.querySelector("input").checked = asked;
    volume.classList.toggle("ibid-out", !asked);
  }
}

function button(text, name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

// Puts a question or a form in the place of what can be done with a document; `close` brings that back.
function open(volume, parts, first, back) {
  close();
  const panel = document.createElement("form");
  panel.className = "ibid-edit";
  panel.append(...parts);
  volume.append(panel);
  volume.classList.add("ibid-opened");
  panel.dataset.back = back;
  first.focus();
  return panel;
}

function close() {
  const panel = element.querySelector(".ibid-edit");
  if (!panel) return;
  const volume = panel.closest(".ibid-volume");
  panel.remove();
  volume.classList.remove("ibid-opened");
  volume.querySelector(`.${panel.dataset.back}`).focus();
}

function rename(volume) {
  const box = document.createElement("input");
  box.type = "text";
  box.maxLength = 300;
  box.value = volume.querySelector(".ibid-title").textContent;
  box.setAttribute("aria-label", "New name");
  const save = button("Save", "ibid-save", () => {});
  save.type = "submit";
  const panel = open(volume, [box, save, button("Cancel", "ibid-keep", close)], box, "ibid-rename");
  box.select();
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    close();
    trigger("rename", { id: volume.dataset.id, title: box.value });
  });
}

function remove(volume) {
  const question = document.createElement("p");
  question.textContent = `Remove ‘${volume.querySelector(".ibid-title").textContent}’ from the library?`;
  const sure = button("Remove it", "ibid-sure", () => {
    close();
    removing = volume.dataset.id;
    trigger("remove", { id: removing });
  });
  const keep = button("Keep it", "ibid-keep", close);
  open(volume, [question, sure, keep], keep, "ibid-remove");
}

element.addEventListener("click", (event) => {
  const turning = event.target.closest(".ibid-turn-to");
  if (turning) {
    turned = true;
    trigger("turn", { leaf: Number(turning.dataset.leaf) });
    return;
  }
  const volume = event.target.closest(".ibid-volume");
  if (event.target.closest(".ibid-rename")) rename(volume);
  if (event.target.closest(".ibid-remove")) remove(volume);
});
element.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
element.addEventListener("change", (event) => {
  if (event.target.type !== "checkbox") return;
  const out = leftOut();
  const { id } = event.target.closest(".ibid-volume").dataset;
  if (event.target.checked) out.delete(id);
  else out.add(id);
  sessionStorage.setItem(key, JSON.stringify([...out]));
  tick();
  trigger("choose", { left_out: [...out] });
});

// Gradio writes a new list over the elements of the one before: boxes keep their ticks, whosever they are then.
watch("value", () => {
  tick();
  if (turned) {
    turned = false;
    element.querySelector(".ibid-volumes")?.focus({ preventScroll: true });
    element.querySelector(".ibid-which")?.scrollIntoView();
  }
  if (!removing || element.querySelector(`[data-id="${CSS.escape(removing)}"]`)) return;
  removing = null;
  element.querySelector(".ibid-volumes, .ibid-empty")?.focus();
});
tick();
