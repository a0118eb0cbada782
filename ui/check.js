// Runs once in the report's component; Gradio gives `element` and `trigger`.
element.addEventListener("click", (event) => {
  if (event.target.closest(".ibid-try")) trigger("example");
  const count = event.target.closest(".ibid-count");
  if (!count) return;
  // One verdict alone is shown; its button pressed again shows all.
  const only = count.getAttribute("aria-pressed") === "true" ? null : count.dataset.verdict;
  for (const other of element.querySelectorAll(".ibid-count")) {
    other.setAttribute("aria-pressed", String(other.dataset.verdict === only));
  }
  for (const claim of element.querySelectorAll(".ibid-claim")) {
    claim.hidden = only !== null && claim.dataset.verdict !== only;
  }
});
