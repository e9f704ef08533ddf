// Building nodes. Data only ever becomes text or an attribute, never markup.

/**
 * An element. `props`: `class`, `data` (dataset), `on<event>` listeners, the rest attributes;
 * `true` makes an empty attribute, `null`, `undefined` and `false` leave it out. The same
 * values among the children are skipped, lists are flattened.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** A drawing of the sprite in index.html (`<symbol id="i-name">`), hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A round button with a drawing; `label` is its tooltip and its name for screen readers. */
export function iconButton(name, label, props = {}) {
  const shape = props.class ? `round ${props.class}` : "round";
  return el(
    "button",
    { type: "button", title: label, "aria-label": label, ...props, class: shape },
    icon(name),
  );
}

/** Initials on a disc whose colour follows from the id, so a person looks the same everywhere. */
export function avatar(person) {
  const initials = [person.first_name, person.last_name]
    .map((name) => [...(name ?? "").trim()][0] ?? "")
    .join("")
    .toUpperCase();
  const disc = el("span", { class: "avatar", "aria-hidden": "true" }, initials || "?");
  // The golden angle keeps neighbouring ids far apart on the colour wheel.
  disc.style.setProperty("--hue", String(Math.round((Math.abs(person.id) * 137.508 + 170) % 360)));
  return disc;
}

/** First and last name in one line. */
export const fullName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

/** Put `text` on the clipboard, also where the page is not a secure context (a laptop's LAN address). */
export async function copyText(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch {
      // Refused (no permission, no focus): the older way below needs none.
    }
  }
  const field = el("textarea", { class: "offscreen", readonly: true });
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
