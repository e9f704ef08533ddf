// The head of a phone: whose it is, the block switch, the menu of things its person can do.
import { el, iconButton, avatar, fullName } from "./dom.js";
import { ask } from "./dialogs.js";
import { door } from "./doors.js";
import { openMenu } from "./menus.js";
import { LANGUAGES, say } from "./words.js";

const TYPING = 5500; // ms: Telegram shows an action for five seconds

/** The header of `phone`. `tell`: `hide()` and `read()` chosen in the menu. */
export class Head {
  root = el("header");
  #phone;
  #tell;
  #doing = el("span", { class: "doing", role: "status" });
  #timer = null;

  constructor(phone, tell) {
    this.#phone = phone;
    this.#tell = tell;
  }

  /** The person changed. */
  update() {
    const { person } = this.#phone;
    const name = fullName(person);
    const role = say(person.role || "guest");
    const menu = iconButton("more", say("menu", { name }), {
      "aria-haspopup": "menu",
      data: { action: "menu" },
    });
    menu.addEventListener("click", () => openMenu(menu, this.#menu(), this.#phone.root));
    const state = person.blocked ? `${role} · ${say("blocked")}` : role;
    const block = iconButton("block", say(person.blocked ? "unblock" : "block"), {
      class: "blocker",
      role: "switch",
      "aria-checked": String(person.blocked),
      data: { action: "block" },
      onclick: () => this.#phone.block(!this.#phone.person.blocked),
    });
    const focused = document.activeElement?.dataset.action;
    const refocus = this.root.contains(document.activeElement);
    this.root.replaceChildren(
      avatar(person),
      el(
        "div",
        { class: "who" },
        el("b", { class: "name", dir: "auto", title: name }, name),
        el("small", {}, el("span", { class: "state" }, state), this.#doing),
      ),
      el("span", { class: "code", title: say("language") }, person.language_code || "—"),
      block,
      menu,
    );
    if (refocus) this.root.querySelector(`[data-action="${focused}"]`)?.focus();
  }

  /** Show a chat action of the bot for as long as Telegram does; null ends it. */
  acts(action) {
    clearTimeout(this.#timer);
    this.#doing.textContent = action ? say(/upload|record/.test(action) ? "sending" : "typing") : "";
    if (action) this.#timer = setTimeout(() => this.acts(null), TYPING);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #menu() {
    const phone = this.#phone;
    const { language_code: code } = phone.person;
    const languages = Object.entries(LANGUAGES).map(([language, name]) => ({
      label: name,
      chosen: code === language,
      data: { language },
      act: () => phone.speak(language),
    }));
    const other = !(code in LANGUAGES);
    return [
      { label: say("pressStart"), icon: "play", data: { action: "press-start" }, act: () => phone.start() },
      {
        label: say("startWith"),
        icon: "link",
        data: { action: "start-payload" },
        act: () => this.#askPayload(),
      },
      { label: say("markRead"), icon: "check", data: { action: "mark-read" }, act: () => this.#tell.read() },
      { label: say("hide"), icon: "hide", data: { action: "hide" }, act: () => this.#tell.hide() },
      { heading: say("language") },
      ...languages,
      {
        label: other && code ? `${say("other")} (${code})` : say("other"),
        chosen: other,
        data: { language: "other" },
        act: () => this.#askLanguage(),
      },
    ];
  }

  #askPayload() {
    const { id, world } = this.#phone;
    const hint = say("payloadHint", { bot: world.bot.username });
    ask({
      title: say("startWith"),
      submit: say("start"),
      fields: [{ name: "payload", label: say("payload"), hint, spellcheck: "false", autofocus: true }],
      act: async (form) => {
        await door("start", { person: id, payload: form.get("payload").trim() });
        this.#phone.open(id);
      },
    });
  }

  #askLanguage() {
    const { id, person } = this.#phone;
    const value = person.language_code;
    ask({
      title: say("language"),
      submit: say("ok"),
      fields: [
        { name: "code", label: say("languageCode"), value, required: true, maxlength: 35, autofocus: true },
      ],
      act: (form) => door("language", { person: id, language_code: form.get("code").trim() }),
    });
  }
}
