// The bot's reply keyboard under the field.
import { el, icon } from "./dom.js";

/** ReplyKeyboardMarkup as rows of buttons; `press(button)` is told the KeyboardButton. */
export function replyKeyboard({ keyboard, resize_keyboard: resize }, press) {
  const rows = keyboard.map((row) =>
    el(
      "div",
      { class: "row" },
      row.map((given) => {
        const button = typeof given === "string" ? { text: given } : given;
        const mark = button.request_contact ? "person" : button.request_location ? "pin" : null;
        return el(
          "button",
          {
            type: "button",
            class: ["key", button.style].filter(Boolean).join(" "),
            data: { key: button.text },
            onclick: () => press(button),
          },
          mark ? icon(mark) : null,
          el("span", { class: "label", dir: "auto" }, button.text),
        );
      }),
    ),
  );
  return el("div", { class: resize ? "rows" : "rows tall" }, rows);
}
