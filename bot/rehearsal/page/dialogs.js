// Windows over the whole page: a small form, a photo.
import { el, icon, iconButton } from "./dom.js";
import { Refused } from "./doors.js";
import { say } from "./words.js";

function shown(dialog) {
  dialog.addEventListener("close", () => dialog.remove());
  // A tap on the dark around it closes it: there the dialog itself is the target. A press that began in a field and
  // ended outside, as when a text is selected, is none.
  let began = null;
  dialog.addEventListener("pointerdown", (event) => (began = event.target));
  dialog.addEventListener("click", (event) => event.target === dialog && began === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

function field({ name, label, hint, options, checks, ...rest }) {
  if (checks) {
    const boxes = checks.map(([value, text, on = true]) =>
      el("label", { class: "check" }, el("input", { type: "checkbox", name, value, checked: on }), text),
    );
    return el("fieldset", {}, label ? el("legend", {}, label) : null, boxes);
  }
  const input = options
    ? el(
        "select",
        { name, ...rest },
        options.map(([value, text]) => el("option", { value }, text)),
      )
    : el("input", { name, autocomplete: "off", ...rest });
  return el("label", { class: "field" }, el("span", {}, label), input, hint ? el("small", {}, hint) : null);
}

/**
 * Ask for a few values. `fields`: {name, label, hint?, options?: [value, text][], checks?: [value,
 * text, on?][], and any attribute of the input}. `act(FormData)` is called on submit; when the
 * server refuses, its words are shown and the form stays.
 */
export function ask({ title, fields, submit, act }) {
  const fault = el("p", { class: "fault", role: "alert" });
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", {}, title),
    fields.map(field),
    fault,
    el(
      "div",
      { class: "choices" },
      el("button", { type: "button", class: "plain", onclick: () => dialog.close() }, say("cancel")),
      el("button", { type: "submit", class: "strong" }, submit),
    ),
  );
  const dialog = el("dialog", { class: "sheet", "aria-label": title }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await act(new FormData(form));
      dialog.close();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      fault.textContent = error.message;
    }
  });
  shown(dialog);
}

/** A photo as large as the window allows. */
export function showPhoto(url) {
  const close = iconButton("close", say("close"), { onclick: () => dialog.close() });
  const dialog = el(
    "dialog",
    { class: "viewer", "aria-label": say("photo") },
    el("img", { src: url, alt: say("photo"), onclick: () => dialog.close() }),
    el(
      "div",
      { class: "choices" },
      el(
        "a",
        { href: url, download: true, class: "round", title: say("download"), "aria-label": say("download") },
        icon("file"),
      ),
      close,
    ),
  );
  shown(dialog);
}
