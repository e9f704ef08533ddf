// What the bot answers to a press: a passing toast, or an alert that waits for OK.
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

/** Cover `phone` (an element) with `text` until OK; the other phones go on. */
export function alert(phone, title, text) {
  const before = document.activeElement;
  const close = () => {
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
  const escape = (event) => event.key === "Escape" && close();
  const props = {
    class: "alert",
    role: "alertdialog",
    "aria-label": title,
    data: { alert: "" },
    onkeydown: escape,
  };
  const cover = el("div", props, sheet);
  phone.append(cover);
  ok.focus();
}
