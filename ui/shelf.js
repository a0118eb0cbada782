// Runs once on the page: tells the other scripts which documents there are, and the app which this session leaves out.
const ask = (left_out) => trigger("choose", { left_out });
let told = "";

function tell() {
  const now = element.querySelector(".ibid-shelf")?.dataset.shelf ?? '{"documents":[],"total":0}';
  if (now === told) return;
  told = now;
  document.dispatchEvent(new CustomEvent("ibid-documents", { detail: JSON.parse(now) }));
}

new MutationObserver(tell).observe(element, { childList: true, subtree: true, attributes: true });
tell();
try {
  const out = JSON.parse(sessionStorage.getItem("ibid-left-out") ?? "[]");
  if (out.length) ask(out);
} catch {
  sessionStorage.removeItem("ibid-left-out");
}
