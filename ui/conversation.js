// Runs once in the conversation's component; Gradio gives `element` and `trigger`.
const log = element.closest("#ibid-log");
let turns = 0;

element.addEventListener("click", (event) => {
  const example = event.target.closest(".ibid-example");
  if (example) trigger("example", { question: example.textContent });
});

// A new question comes to the top of the view, and its answer grows below it.
new MutationObserver(() => {
  const all = element.querySelectorAll(".ibid-turn");
  if (all.length > turns) {
    const top = all[all.length - 1].getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop;
    log.scrollTo({ top });
  }
  turns = all.length;
}).observe(element, { childList: true, subtree: true });
