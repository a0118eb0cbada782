// The conversations that this browser keeps, an item each, so that windows do not overwrite each other's.
const MOST = 100; // conversations
const LARGEST = 3_000_000; // characters of them all; browsers give 5 million
const { corpus } = element.querySelector("[data-corpus]").dataset;
const PREFIX = `ibid-talk:${corpus}:`;
const DROPPED = `ibid-dropped:${corpus}`; // what was dropped last, to be told

function storage() {
  try {
    return window.localStorage;
  } catch {
    return null; // turned off
  }
}

const items = () => Object.keys(storage() ?? {}).filter((key) => key.startsWith(PREFIX));

function parsed(text) {
  try {
    const talk = JSON.parse(text);
    return talk && typeof talk.id === "string" && Array.isArray(talk.turns) ? talk : null;
  } catch {
    return null;
  }
}

const fetchOne = (id) => parsed(storage()?.getItem(PREFIX + id) ?? "");

// All that can be read, newest first.
function fetchAll() {
  const talks = items().map((key) => parsed(storage().getItem(key))).filter(Boolean);
  return talks.sort((a, b) => (Date.parse(b.at) || 0) - (Date.parse(a.at) || 0));
}

function announce() {
  document.dispatchEvent(new CustomEvent("ibid-kept"));
}

// Keeps a conversation, and drops the oldest others that there is no room for; says whether it could.
function put(talk) {
  const text = JSON.stringify(talk);
  if (!storage() || text.length > LARGEST) return false;
  const others = fetchAll().filter(({ id }) => id !== talk.id);
  const sizes = new Map(others.map(({ id }) => [id, storage().getItem(PREFIX + id).length]));
  let size = text.length + [...sizes.values()].reduce((sum, one) => sum + one, 0);
  let kept = false;
  while (!kept) {
    let full = others.length >= MOST || size > LARGEST;
    if (!full) {
      try {
        storage().setItem(PREFIX + talk.id, text);
        kept = true;
      } catch {
        full = others.length > 0; // the browser's own limit
        if (!full) break;
      }
    }
    if (full) {
      const { id, name } = others.pop();
      size -= sizes.get(id);
      storage().removeItem(PREFIX + id);
      try {
        storage().setItem(DROPPED, String(name));
      } catch {
        // it is not told then
      }
    }
  }
  announce();
  return kept;
}

function drop(id) {
  storage()?.removeItem(PREFIX + id);
  announce();
}
