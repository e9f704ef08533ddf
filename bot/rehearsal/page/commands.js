// The person's command menu over the field: opened by its button or by typing "/".
import { closable } from "./dismiss.js";
import { el } from "./dom.js";
import { say } from "./words.js";

/**
 * The list in `phone`; `choose(command)` is told the name without the slash. `around` are nodes that may be used while
 * it is open: its button and the field.
 */
export class CommandList {
  root = el("div", { class: "commands", hidden: true, role: "listbox", "aria-label": say("commands") });
  #phone;
  #choose;
  #around;
  #closed = null;

  constructor(phone, choose, around) {
    this.#phone = phone;
    this.#choose = choose;
    this.#around = around;
  }

  /** All commands, or nothing when they are shown already. */
  toggle() {
    if (this.root.hidden) this.show("");
    else this.close();
  }

  close() {
    this.root.hidden = true;
    this.#tell();
  }

  /** The commands that begin with `typed`; a word in their place when the bot has set none. */
  show(typed) {
    const fitting = this.#phone.person.commands.filter(({ command }) => command.startsWith(typed));
    const rows = fitting.map((command) => this.#row(command));
    if (!typed && !rows.length) rows.push(el("p", {}, say("noCommands")));
    this.root.replaceChildren(...rows);
    this.root.hidden = !rows.length;
    this.#tell();
  }

  #tell() {
    this.#around[0].setAttribute("aria-expanded", String(!this.root.hidden));
    this.#closed?.();
    this.#closed = this.root.hidden ? null : closable([this.root, ...this.#around], () => this.close());
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
