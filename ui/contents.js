// The table of contents, made of the headings of the open document; runs behind reader.js, whose names it uses.
const contents = element.querySelector(".ibid-contents");
const contentsOpener = element.querySelector(".ibid-contents-open");

function fillContents() {
  const headings = [...article().querySelectorAll(":is(h2, h3, h4, h5, h6).ibid-block")];
  const top = Math.min(...headings.map((heading) => Number(heading.tagName[1])));
  const view = pane.getBoundingClientRect();
  const current = headings.findLast((heading) => heading.getBoundingClientRect().top <= view.top + 60);
  const list = document.createElement("ol");
  for (const heading of headings) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    button.dataset.depth = Math.min(Number(heading.tagName[1]) - top, 2);
    if (heading.textContent === heading.textContent.toUpperCase()) button.classList.add("ibid-caps");
    if (heading === current) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => {
      closeContents();
      scrollTo(heading, 0.04);
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    });
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  }
  if (!headings.length) list.append("This document has no headings.");
  contents.replaceChildren(list);
}

function openContents() {
  fillContents();
  contents.hidden = false;
  contentsOpener.setAttribute("aria-expanded", "true");
  (contents.querySelector("[aria-current]") ?? contents.querySelector("button"))?.focus();
}

function closeContents() {
  contents.hidden = true;
  contentsOpener.setAttribute("aria-expanded", "false");
}

contentsOpener.addEventListener("click", () => (contents.hidden ? openContents() : closeContents()));
contents.addEventListener("keydown", (event) => {
  const buttons = [...contents.querySelectorAll("button")];
  const to = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (to) {
    event.preventDefault();
    buttons[buttons.indexOf(document.activeElement) + to]?.focus();
  }
  if (event.key === "Escape") {
    event.stopPropagation();
    closeContents();
    contentsOpener.focus();
  }
});
document.addEventListener("click", (event) => {
  if (!contents.contains(event.target) && !contentsOpener.contains(event.target)) closeContents();
});
