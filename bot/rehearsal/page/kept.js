// What this browser remembers of the page between visits.
const KEY = "rehearsal";

/** {hidden: person ids, current: person id on a narrow screen, theme: "light" | "dark", words: language} */
export const kept = read();

function read() {
  const empty = { hidden: [], current: null, theme: null, words: null };
  try {
    return { ...empty, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return empty; // storage is closed to us, or somebody else wrote there
  }
}

/** Change and remember some of it. */
export function keep(changes) {
  Object.assign(kept, changes);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser without storage forgets; the page works all the same.
  }
}
