// Runs once on the page, behind store.js: keeps the open conversation each time that it has grown.
let last = "";

function keep() {
  const { record } = element.querySelector(".ibid-kept").dataset;
  if (!record || record === last) return;
  last = record;
  const talk = JSON.parse(record);
  put({ ...talk, name: fetchOne(talk.id)?.name ?? talk.name }); // it may have been renamed since
}

new MutationObserver(keep).observe(element, { childList: true, subtree: true, attributes: true });
keep();
