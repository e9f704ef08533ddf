// Whatever lies open over the page closes by Esc, the latest first, and by a press elsewhere.

/** {nodes, close}: `nodes` are what does not count as elsewhere. */
const opened = [];

document.addEventListener(
  "pointerdown",
  ({ target }) => {
    for (const one of [...opened]) if (!one.nodes.some((node) => node.contains(target))) one.close();
  },
  true,
);

document.addEventListener(
  "keydown",
  (event) => {
    // A window over the whole page closes first; the browser does it.
    if (event.key !== "Escape" || !opened.length || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    event.stopPropagation();
    opened.at(-1).close();
  },
  true,
);

/** Something opened; `close()` must call the returned function, which forgets it. */
export function closable(nodes, close) {
  const one = { nodes, close };
  opened.push(one);
  return () => {
    const at = opened.indexOf(one);
    if (at >= 0) opened.splice(at, 1);
  };
}
