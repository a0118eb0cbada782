// Runs once in the component of the cited works; Gradio gives `element`, `server` and `watch`.
const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[‘’]/g, "'").toLowerCase().replace(/ß/g, "ss");
const words = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
const keys = {
  authors: (row) => row.cells[0].textContent + " " + row.cells[1].textContent,
  year: (row) => row.cells[1].textContent || "\uffff", // works without a year come behind all others
  count: (row) => Number(row.cells[2].textContent),
};
const body = () => element.querySelector(".ibid-works tbody");
const works = () => [...body().querySelectorAll("tr[data-name]")];
const places = (row) => (row.nextElementSibling?.matches(".ibid-places") ? row.nextElementSibling : null);

function filter(typed) {
  const wanted = folded(typed).split(/\s+/).filter(Boolean);
  let matching = 0;
  for (const row of works()) {
    const text = folded(`${row.dataset.name} ${row.dataset.entry}`);
    row.hidden = !wanted.every((word) => text.includes(word));
    const below = places(row);
    if (below) below.hidden = row.hidden || below.dataset.closed !== undefined;
    matching += row.hidden ? 0 : 1;
  }
  const said = matching === 1 ? "1 work" : `${matching.toLocaleString("en")} works`;
  element.querySelector(".ibid-matching").textContent = matching ? said : "No work matches";
}

function sort(head) {
  const key = keys[head.querySelector(".ibid-sort").dataset.key];
  const number = head.querySelector(".ibid-sort").dataset.key === "count";
  const before = head.getAttribute("aria-sort");
  // Counts begin with the most, all else with the first.
  const falling = before === "none" ? number : before === "ascending";
  for (const other of element.querySelectorAll("th[aria-sort]")) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", falling ? "descending" : "ascending");
  const keyed = works().map((row) => [key(row), row]);
  keyed.sort(([a], [b]) => (number ? a - b : words.compare(a, b)) * (falling ? -1 : 1));
  const sorted = document.createDocumentFragment();
  for (const [, row] of keyed) {
    const below = places(row);
    sorted.append(row, ...(below ? [below] : []));
  }
  body().append(sorted);
}

async function open(row, opened) {
  const button = row.querySelector(".ibid-work");
  button.setAttribute("aria-expanded", String(opened));
  let below = places(row);
  if (!below && opened) {
    below = document.createElement("tr");
    below.className = "ibid-places";
    below.append(document.createElement("td"));
    below.firstChild.colSpan = 3;
    row.after(below);
    const html = await server.read_places(row.dataset.name);
    if (!html) {
      below.remove(); // the app does not answer
      button.setAttribute("aria-expanded", "false");
      return;
    }
    below.firstChild.innerHTML = html;
  }
  if (!below) return;
  below.hidden = !opened;
  if (opened) delete below.dataset.closed;
  else below.dataset.closed = "";
}

async function download(form) {
  const file = await server.read_export(form);
  if (!file) return; // the app does not answer
  const { name, type, text } = file;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

element.addEventListener("input", (event) => {
  if (event.target.matches(".ibid-filter")) filter(event.target.value);
});
element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches(".ibid-sort")) sort(button.closest("th"));
  if (button.matches(".ibid-work")) open(button.closest("tr"), button.getAttribute("aria-expanded") !== "true");
  if (button.matches(".ibid-export")) download(button.dataset.form);
  if (button.matches(".ibid-rank")) {
    const row = works().find((row) => row.dataset.name === button.dataset.name);
    if (row.hidden) {
      element.querySelector(".ibid-filter").value = "";
      filter("");
    }
    open(row, true);
    row.scrollIntoView({ block: "center" });
    row.querySelector(".ibid-work").focus({ preventScroll: true });
  }
});
// The documents have changed: the rows are others, and what is typed still filters them.
watch("value", () => {
  const box = element.querySelector(".ibid-filter");
  if (box) filter(box.value);
});
