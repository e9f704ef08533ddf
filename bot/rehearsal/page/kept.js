// What this browser remembers of the page between visits.
const KEY = "rehearsal";
const DRAFT = `${KEY}.draft.`;

/**
 * {hidden: person ids, current: person id on a narrow screen, theme: "light" | "dark", words: language,
 * director: are the director's controls unfolded, folded: person id -> the message whose keyboard is folded,
 * tour: how far it is}
 */
export const kept = read();

/** place -> unsent text, for a browser without storage */
const drafts = new Map();

function read() {
  const empty = { hidden: [], current: null, theme: null, words: null, director: null, folded: {}, tour: null };
  try {
    return { ...empty, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return empty; // storage is closed to us, or somebody else wrote there
  }
}

/** Change and remember some of it; another window of the page may have changed the rest. */
export function keep(changes) {
  Object.assign(kept, changes);
  store(KEY, JSON.stringify({ ...read(), ...changes }));
}

/** The unsent text of a person in a chat. */
export function draftOf(place) {
  if (drafts.has(place)) return drafts.get(place);
  try {
    return localStorage.getItem(DRAFT + place) ?? "";
  } catch {
    return "";
  }
}

export function keepDraft(place, text) {
  drafts.set(place, text);
  store(DRAFT + place, text);
}

function store(key, text) {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // A browser without storage forgets; the page works all the same.
  }
}
