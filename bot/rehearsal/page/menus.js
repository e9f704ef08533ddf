// A small list of choices beside a button.
import { closable } from "./dismiss.js";
import { el, icon } from "./dom.js";

const GAP = 6; // px between the button and the list, and to the window's edges

let opened = null;

function place(menu, anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = box.bottom + GAP + height < innerHeight;
  const top = below ? box.bottom + GAP : Math.max(GAP, box.top - GAP - height);
  const left = Math.max(GAP, Math.min(box.left, innerWidth - GAP - width));
  menu.style.top = `${top}px`;
  menu.style.left = `${left}px`;
}

function entry({ label, icon: drawing, act, chosen, data, heading }, close) {
  if (heading) return el("div", { class: "heading", role: "presentation" }, heading);
  return el(
    "button",
    {
      type: "button",
      role: chosen === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": chosen === undefined ? null : String(chosen),
      tabindex: "-1",
      data: data ?? {},
      onclick: () => {
        close();
        act();
      },
    },
    icon(chosen ? "check" : (drawing ?? "none")),
    el("span", {}, label),
  );
}

/**
 * Open a list at `anchor`, inside `host` (so that it belongs to its phone). `items`: {label, act,
 * icon?, data?, chosen?: one of several} or {heading}. A second call on the same button closes it.
 */
export function openMenu(anchor, items, host) {
  if (opened?.anchor === anchor) {
    opened.close();
    return;
  }
  opened?.close();
  const close = () => {
    const refocus = menu.contains(document.activeElement);
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    forget();
    removeEventListener("resize", close);
    opened = null;
    if (refocus) anchor.focus({ preventScroll: true });
  };
  const menu = el(
    "div",
    { class: "menu", role: "menu", popover: "manual" },
    items.map((item) => entry(item, close)),
  );
  menu.addEventListener("keydown", (event) => {
    const choices = [...menu.querySelectorAll("button")];
    const at = choices.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    if (event.key in steps) {
      event.preventDefault();
      choices.at(steps[event.key] % choices.length)?.focus();
    } else if (event.key === "Tab") close();
  });
  const forget = closable([menu, anchor], close);
  addEventListener("resize", close);
  host.append(menu);
  menu.showPopover();
  place(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  opened = { anchor, close };
  menu.querySelector("button")?.focus();
}
