// Runs once on the page: asks what a link asks, and opens the reader at the words that it quotes.
const query = new URLSearchParams(location.search);
let led = false;

if (query.has("ask")) {
  const link = Object.fromEntries(["ask", "quote", "check"].map((name) => [name, query.get(name) ?? ""]));
  for (const name of Object.keys(link)) query.delete(name);
  // A reload does not ask again: the answer is in the history by then.
  window.history.replaceState(null, "", location.pathname + (query.size ? `?${query}` : "") + location.hash);
  trigger("link", link);
}

new MutationObserver(() => {
  const button = element.querySelector(".ibid-linked");
  if (!button || led) return;
  led = true;
  button.click();
}).observe(element, { childList: true, subtree: true });
