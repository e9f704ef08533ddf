// What the bot answers to a press: a passing toast, or an alert that waits for OK.
import { closable } from "./dismiss.js";
import { el } from "./dom.js";
import { say } from "./words.js";

const LASTS = 4000; // ms, and a little more for each letter to read
const EACH_LETTER = 25;
const MOST = 3;

/** Put a note into `host` that goes by itself; `kind` "warning" stands out. */
export function toast(host, text, kind = "") {
  const note = el("div", { class: `toast ${kind}`, dir: "auto", data: { toast: "" } }, text);
  host.append(note);
  while (host.children.length > MOST) host.firstChild.remove();
  setTimeout(() => note.remove(), LASTS + text.length * EACH_LETTER);
}

/** Cover `phone` (an element) with `text` until OK, Esc or a tap beside it; the other phones go on. */
export function alert(phone, title, text) {
  const before = document.activeElement;
  const close = () => {
    forget();
    cover.remove();
    if (phone.contains(before)) before.focus();
  };
  const ok = el(
    "button",
    { type: "button", class: "strong", data: { action: "ok" }, onclick: close },
    say("ok"),
  );
  const sheet = el(
    "div",
    { class: "sheet" },
    el("p", { dir: "auto" }, text),
    el("div", { class: "choices" }, ok),
  );
  const props = {
    class: "alert",
    role: "alertdialog",
    "aria-label": title,
    data: { alert: "" },
    onclick: (event) => event.target === cover && close(),
  };
  const cover = el("div", props, sheet);
  phone.append(cover);
  // A press on another phone is about something else: it does not take away what is not read yet.
  const forget = closable([document], close);
  ok.focus();
}
