// The person's command menu over the field: opened by its button or by typing "/".
import { el } from "./dom.js";
import { say } from "./words.js";

/** The list in `phone`; `choose(command)` is told the name without the slash. */
export class CommandList {
  root = el("div", { class: "commands", hidden: true, role: "listbox", "aria-label": say("commands") });
  #phone;
  #choose;

  constructor(phone, choose) {
    this.#phone = phone;
    this.#choose = choose;
    phone.root.addEventListener("pointerdown", ({ target }) => {
      if (!target.closest(".commands, .line")) this.close();
    });
  }

  /** All commands, or nothing when they are shown already. */
  toggle() {
    if (this.root.hidden) this.show("");
    else this.close();
  }

  close() {
    this.root.hidden = true;
  }

  /** The commands that begin with `typed`; a word in their place when the bot has set none. */
  show(typed) {
    const fitting = this.#phone.person.commands.filter(({ command }) => command.startsWith(typed));
    const rows = fitting.map((command) => this.#row(command));
    if (!typed && !rows.length) rows.push(el("p", {}, say("noCommands")));
    this.root.replaceChildren(...rows);
    this.root.hidden = !rows.length;
  }

  /** Take a key that was pressed in the field; true when it was meant for the list. */
  key(key) {
    const choices = this.root.hidden ? [] : [...this.root.querySelectorAll("button")];
    if (!choices.length) return false;
    const at = choices.findIndex((choice) => choice.getAttribute("aria-selected") === "true");
    if (key === "ArrowDown" || key === "ArrowUp") {
      const next = choices.at(key === "ArrowDown" ? (at + 1) % choices.length : Math.max(at, 0) - 1);
      for (const choice of choices) choice.setAttribute("aria-selected", String(choice === next));
      next.scrollIntoView({ block: "nearest" });
      return true;
    }
    if (at < 0 || (key !== "Enter" && key !== "Tab")) return false;
    choices[at].click();
    return true;
  }

  #row({ command, description }) {
    const choose = () => {
      this.close();
      this.#choose(command);
    };
    return el(
      "button",
      { type: "button", role: "option", "aria-selected": "false", data: { command }, onclick: choose },
      el("b", {}, `/${command}`),
      el("span", { dir: "auto" }, description),
    );
  }
}
