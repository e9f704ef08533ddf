// The drawer with the bot's API calls: what it asked of Telegram, and what was refused.
import { el, iconButton, fullName } from "./dom.js";
import { now, written, HOURS } from "./time.js";
import { say } from "./words.js";

const MOST = 500; // rows kept, as many as the world keeps calls

/** The drawer. `counted(n)` is told how many errors came while it was shut. */
export class CallLog {
  #world;
  #counted;
  #errors = 0;
  #rows = el("ol", { class: "calls" });
  #none = el("p", { class: "nothing" }, say("noCalls"));
  #filter = el("input", {
    type: "search",
    placeholder: say("filter"),
    "aria-label": say("filter"),
    name: "filter",
  });
  #only = el("input", { type: "checkbox", name: "errors" });

  constructor(root, world, { counted, close }) {
    this.root = root;
    this.#world = world;
    this.#counted = counted;
    this.#filter.addEventListener("input", () => this.draw());
    this.#only.addEventListener("change", () => this.draw());
    const clear = () => {
      world.calls.length = 0;
      this.draw();
    };
    root.setAttribute("aria-label", say("log"));
    root.replaceChildren(
      el(
        "header",
        {},
        el("h2", {}, say("log")),
        iconButton("bin", say("clear"), { onclick: clear }),
        iconButton("close", say("close"), { onclick: close }),
      ),
      el(
        "div",
        { class: "filters" },
        this.#filter,
        el("label", { class: "check" }, this.#only, say("errorsOnly")),
      ),
      this.#rows,
      this.#none,
    );
    this.draw();
  }

  /** A call was made. */
  add(call) {
    call.at = now();
    if (call.error_code && this.root.hidden) this.#counted((this.#errors += 1));
    if (this.root.hidden || !this.#fits(call)) return;
    this.#rows.prepend(this.#row(call));
    this.#none.hidden = true;
    if (this.#rows.childElementCount > MOST) this.#rows.lastElementChild.remove();
  }

  /** All rows again: the drawer was opened or filtered. */
  draw() {
    if (this.root.hidden) return;
    this.#counted((this.#errors = 0));
    const rows = this.#world.calls.filter((call) => this.#fits(call)).map((call) => this.#row(call));
    this.#rows.replaceChildren(...rows.reverse());
    this.#none.hidden = rows.length > 0;
  }

  #fits(call) {
    if (this.#only.checked && !call.error_code) return false;
    const text = `${call.method} ${this.#where(call)} ${call.error_code ?? ""} ${call.description ?? ""}`;
    return text.toLowerCase().includes(this.#filter.value.trim().toLowerCase());
  }

  /** The chat of a call by name; a bot may give the id as text, or a @username. */
  #where({ chat_id: given }) {
    if (given === null || given === undefined) return "";
    const chatId = Number(given);
    const person = this.#world.people.get(chatId);
    return person ? fullName(person) : (this.#world.chats.get(chatId)?.title ?? String(given));
  }

  #row(call) {
    return el(
      "li",
      { class: call.error_code ? "failed" : "", data: { call: call.method } },
      el("time", {}, call.at ? written(call.at, { ...HOURS, second: "2-digit" }) : ""),
      el("code", {}, call.method),
      el("span", { class: "where", dir: "auto" }, this.#where(call)),
      call.error_code ? el("span", { class: "why" }, `${call.error_code} ${call.description ?? ""}`) : null,
    );
  }
}
