// Runs once in the head's component: a source that is clicked in another tab is shown in Ask, where the reader is.
const back = element.querySelector(".ibid-return");
const panel = () => document.querySelector("#ibid-tab-ask");
const tabs = () => [...document.querySelectorAll("#ibid-tabs [role=tab]")];
const selected = () => tabs().find((tab) => tab.getAttribute("aria-selected") === "true");
let left = null; // the tab that a source was opened from, and what was clicked there, to go back to

function leave() {
  left = null;
  back.hidden = true;
}

// Waits a second at most for a tab that is just being switched to.
async function focusIn(part) {
  for (let frames = 0; frames < 60 && !part.checkVisibility(); frames++) await new Promise(requestAnimationFrame);
  part.focus({ preventScroll: true });
}

function goBack() {
  const { tab, target } = left;
  tab.click();
  leave();
  focusIn(target);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("#ibid-tabs [role=tab]") && event.isTrusted) leave();
  const target = event.target.closest("[data-document][data-start]");
  if (!target || panel().contains(target)) return;
  const tab = selected();
  tabs()[0].click();
  left = { tab, target };
  back.textContent = `← Back to ${tab.textContent.trim()}`;
  back.hidden = false;
  focusIn(panel().querySelector(".ibid-scroll"));
});
back.addEventListener("click", goBack);
// The narrow reader was closed.
document.addEventListener("ibid-closed", (event) => {
  if (left?.target === event.detail) goBack();
  else leave();
});
// The arrows go from tab to tab, as screen readers tell people that they do.
document.addEventListener("keydown", (event) => {
  const all = tabs();
  const at = all.indexOf(event.target);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (at < 0 || !step) return;
  event.preventDefault();
  leave();
  const next = all[(at + step + all.length) % all.length];
  next.click();
  next.focus();
});
