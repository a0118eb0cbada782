// Runs once in the head's component: a source that is clicked in another tab is shown in Ask, where the reader is.
const panel = () => document.querySelector("#ibid-tab-ask");
const tabs = () => [...document.querySelectorAll("#ibid-tabs [role=tab]")];
const selected = () => tabs().find((tab) => tab.getAttribute("aria-selected") === "true");
let left = null; // the tab that a source was opened from, to go back to when the narrow reader is closed

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-document][data-start]");
  if (!target || panel().contains(target)) return;
  left = selected();
  tabs()[0].click();
});
document.addEventListener("ibid-closed", (event) => {
  if (left && !panel().contains(event.detail)) left.click();
  left = null;
});
