// Find in the document; runs behind reader.js, whose names it uses. What is found is painted by the browser's highlights,
// which leave the elements as they are, so that quotes are still marked by their offsets.
const finder = element.querySelector(".ibid-find");
const findOpener = element.querySelector(".ibid-find-open");
const words = element.querySelector(".ibid-find-words");
const count = element.querySelector(".ibid-count");
const MOST_MATCHES = 2000;
const painted = window.CSS?.highlights;
let matches = []; // ranges, in the order of the text
let match = -1;

// The text nodes of the document and where each begins in its text; what does not follow on is parted by a line feed.
function textNodes() {
  const nodes = [];
  let text = "";
  let end = null;
  for (const run of article().querySelectorAll("[data-o]")) {
    if (end !== null && Number(run.dataset.o) !== end) text += "\n";
    end = Number(run.dataset.e);
    const walker = document.createTreeWalker(run, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push({ node, start: text.length });
      text += node.data;
    }
  }
  return { nodes, text };
}

// Case, white space, and the forms of quotes and dashes do not matter.
function pattern(query) {
  const escaped = query.trim().replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  const loose = escaped
    .replace(/\s+/gu, "\\s+")
    .replace(/['’‘]/gu, "['’‘]")
    .replace(/["“”]/gu, "[\"“”]")
    .replace(/\\-|[–—]/gu, "[-–—]");
  return new RegExp(loose, "giu");
}

function rangeOf(nodes, from, to) {
  const at = (offset) => {
    let low = 0;
    let high = nodes.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (nodes[middle].start <= offset) low = middle;
      else high = middle;
    }
    return nodes[low];
  };
  const [first, last] = [at(from), at(to - 1)];
  const range = document.createRange();
  range.setStart(first.node, from - first.start);
  range.setEnd(last.node, Math.min(to - last.start, last.node.length));
  return range;
}

function find() {
  matches = [];
  match = -1;
  if (words.value.trim()) {
    const { nodes, text } = textNodes();
    for (const found of text.matchAll(pattern(words.value))) {
      matches.push(rangeOf(nodes, found.index, found.index + found[0].length));
      if (matches.length === MOST_MATCHES) break;
    }
  }
  const top = pane.getBoundingClientRect().top;
  const next = matches.findIndex((range) => range.getBoundingClientRect().bottom >= top);
  goToMatch(matches.length ? Math.max(next, 0) : -1);
}

function goToMatch(number) {
  match = number;
  const many = matches.length === MOST_MATCHES ? `${MOST_MATCHES} or more` : matches.length;
  count.textContent = !words.value.trim() ? "" : matches.length ? `${match + 1} of ${many}` : "Not found";
  paint();
  if (match < 0) return;
  const box = matches[match].getBoundingClientRect();
  const view = pane.getBoundingClientRect();
  const covered = finder.getBoundingClientRect().bottom;
  if (box.top < covered || box.bottom > view.bottom - 20) {
    pane.scrollTo({ top: box.top - view.top + pane.scrollTop - pane.clientHeight * 0.3, behavior: "auto" });
  }
}

function paint() {
  if (!painted) return;
  painted.set("ibid-found", new Highlight(...matches));
  const here = new Highlight(...matches.slice(match, match + 1).filter(() => match >= 0));
  here.priority = 1;
  painted.set("ibid-found-here", here);
}

function step(by) {
  if (matches.length) goToMatch((match + by + matches.length) % matches.length);
}

function openFind() {
  closeContents();
  finder.hidden = false;
  findOpener.setAttribute("aria-expanded", "true");
  words.focus();
  words.select();
  find();
}

function closeFind() {
  finder.hidden = true;
  findOpener.setAttribute("aria-expanded", "false");
  matches = [];
  match = -1;
  paint();
}

let typing = 0;
words.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(find, 120);
});
finder.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target === words) {
    event.preventDefault();
    clearTimeout(typing);
    if (matches.length) step(event.shiftKey ? -1 : 1);
    else find();
  }
  if (event.key === "Escape") {
    event.stopPropagation();
    closeFind();
    findOpener.focus();
  }
});
element.querySelector(".ibid-find-before").addEventListener("click", () => step(-1));
element.querySelector(".ibid-find-after").addEventListener("click", () => step(1));
element.querySelector(".ibid-find-close").addEventListener("click", () => {
  closeFind();
  findOpener.focus();
});
findOpener.addEventListener("click", () => (finder.hidden ? openFind() : closeFind()));
element.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "f" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  openFind();
});
element.addEventListener("ibid-loaded", () => {
  closeContents();
  if (!finder.hidden) find();
});
