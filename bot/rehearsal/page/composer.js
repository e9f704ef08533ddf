// The foot of a phone: the line to write in, what is attached, the commands, the bot's buttons.
import { el, icon, iconButton, fullName } from "./dom.js";
import { ask } from "./dialogs.js";
import { gist } from "./bubble.js";
import { openMenu } from "./menus.js";
import { replyKeyboard } from "./keys.js";
import { say } from "./words.js";

const TALLEST = 132; // px of the field before it scrolls
const HERE = { latitude: 43.2973, longitude: 68.2718 }; // Turkistan, only a first proposal
const hasMouse = matchMedia("(hover: hover)");

/** What one person writes and taps at the bottom of their phone. */
export class Composer {
  #phone;
  #field = el("textarea", { name: "text", rows: "1", dir: "auto", "aria-label": say("message") });
  #files = {};
  #about = el("div", { class: "about", hidden: true });
  #commands = el("div", { class: "commands", hidden: true, role: "listbox", "aria-label": say("commands") });
  #keys = el("div", { class: "keys", hidden: true });
  #toggle = iconButton("keys", say("buttons"), { hidden: true, data: { action: "keyboard" } });
  #form;
  #instead = el("div", { class: "instead", hidden: true });
  /** {kind: "reply" | "edit", id}: what the next text is about. */
  #target = null;
  #keyboard = "null";
  #keysOpen = true;
  #forced = null;

  constructor(phone) {
    this.#phone = phone;
    for (const [name, accept] of [
      ["photo", "image/*"],
      ["document", null],
    ]) {
      const file = el("input", { type: "file", name, accept, hidden: true, "aria-label": say(name === "photo" ? "photo" : "file") });
      file.addEventListener("change", () => this.#upload(name, file));
      this.#files[name] = file;
    }
    const attach = iconButton("clip", say("attach"), { data: { action: "attach" } });
    attach.addEventListener("click", () => openMenu(attach, this.#attachments(), phone.root));
    const list = iconButton("menu", say("commands"), { data: { action: "commands" } });
    list.addEventListener("click", () => this.#showCommands(this.#commands.hidden ? "" : null));
    this.#toggle.addEventListener("click", () => this.#openKeys(!this.#keysOpen));
    const send = el("button", { type: "submit", class: "round send", title: say("send"), "aria-label": say("send"), data: { action: "send" } }, icon("send"));
    this.#form = el("form", { class: "line" }, attach, list, this.#field, this.#toggle, send, Object.values(this.#files));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener("input", () => this.#typed());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.root = el("div", { class: "composer" }, this.#commands, this.#about, this.#form, this.#instead, this.#keys);
  }

  get draft() {
    return this.#field.value;
  }

  set draft(text) {
    this.#field.value = text;
    this.#grow();
  }

  /** Put `text` into the field, ready to be gone on with. */
  insert(text) {
    this.draft = text;
    this.#field.focus();
  }

  /** Follow the person's state: blocked, not started, the keyboard and the reply that the bot asks for. */
  update() {
    const { person, isPrivate } = this.#phone;
    const instead = this.#substitute();
    this.#form.hidden = Boolean(instead);
    this.#instead.hidden = !instead;
    this.#instead.replaceChildren(...(instead ? [instead] : []));
    const keyboard = isPrivate && !person.blocked ? person.keyboard : null;
    const written = JSON.stringify(keyboard ?? null);
    if (written !== this.#keyboard) {
      this.#keyboard = written;
      this.#keys.replaceChildren(...(keyboard ? [replyKeyboard(keyboard, (button) => this.#press(button))] : []));
      this.#openKeys(true);
    }
    this.#toggle.hidden = !keyboard;
    this.#field.placeholder = keyboard?.input_field_placeholder || say("message");
    this.#force(isPrivate ? person.force_reply : null);
  }

  /** Answer to or change a message; null for an ordinary text. */
  target(target) {
    if (this.#target?.kind === "edit" && target?.kind !== "edit") this.draft = "";
    this.#target = target;
    this.#about.hidden = !target;
    if (!target) return;
    const message = this.#phone.world.message(this.#phone.chatId, target.id);
    if (!message) {
      this.target(null);
      return;
    }
    const title = target.kind === "edit" ? say("edit") : (message.from ? fullName(message.from) : say("reply"));
    this.#about.replaceChildren(
      icon(target.kind),
      el("span", { class: "lines" }, el("b", {}, title), el("span", { dir: "auto" }, gist(message))),
      iconButton("close", say("cancel"), { onclick: () => this.target(null) }),
    );
    if (target.kind === "edit") this.draft = message.text ?? "";
    if (target.focus !== false) this.#field.focus();
  }

  /** Whether this target's message is among the deleted. */
  gone(ids) {
    if (this.#target && ids.includes(this.#target.id)) this.target(null);
  }

  /** The one button that stands in place of the field, as in Telegram; null when one can write. */
  #substitute() {
    const phone = this.#phone;
    if (!phone.isPrivate) return null;
    if (phone.person.blocked) {
      return el("button", { type: "button", class: "strong", data: { action: "unblock" }, onclick: () => phone.block(false) }, say("unblock"));
    }
    if (!phone.world.messagesOf(phone.chatId).length && !phone.started) {
      return el("button", { type: "button", class: "strong", data: { action: "start" }, onclick: () => phone.start() }, say("start"));
    }
    return null;
  }

  #force(messageId) {
    if (messageId === this.#forced) return;
    if (this.#forced !== null && this.#target?.id === this.#forced) this.target(null);
    this.#forced = messageId ?? null;
    if (this.#forced === null) return;
    // Another phone may be written on just now: only this phone's own focus moves.
    const busy = document.activeElement?.closest(".phone");
    this.target({ kind: "reply", id: messageId, focus: !busy || busy === this.#phone.root });
  }

  async #submit() {
    const text = this.draft;
    if (!text.trim()) return;
    const target = this.#target;
    this.draft = "";
    this.#showCommands(null);
    this.#target = null;
    this.#about.hidden = true;
    const done =
      target?.kind === "edit" ? await this.#phone.edit(target.id, text) : await this.#phone.send({ text, reply_to: target?.id });
    if (done || this.draft) return;
    this.draft = text; // refused: nothing that was typed is lost
  }

  #press(button) {
    const { one_time_keyboard: once } = JSON.parse(this.#keyboard);
    if (once) this.#openKeys(false);
    if (button.request_contact) this.#phone.send({ contact: true });
    else if (button.request_location) this.#askLocation();
    else if (button.web_app || button.request_poll || button.request_users || button.request_chat) this.#phone.toast(say("notHere"));
    else this.#phone.send({ text: button.text, reply_to: this.#target?.id });
  }

  #openKeys(open) {
    this.#keysOpen = open;
    this.#keys.hidden = !open || this.#keyboard === "null";
    this.#toggle.setAttribute("aria-expanded", String(!this.#keys.hidden));
  }

  #attachments() {
    const send = (body) => () => this.#phone.send(body);
    return [
      { label: say("photo"), icon: "photo", data: { action: "photo" }, act: () => this.#files.photo.click() },
      { label: say("file"), icon: "file", data: { action: "document" }, act: () => this.#files.document.click() },
      { label: say("location"), icon: "pin", data: { action: "location" }, act: () => this.#askLocation() },
      { label: say("contact"), icon: "person", data: { action: "contact" }, act: send({ contact: true }) },
      { label: say("sticker"), icon: "sticker", data: { action: "sticker" }, act: send({ sticker: true }) },
      { label: say("voice"), icon: "voice", data: { action: "voice" }, act: send({ voice: true }) },
      { label: say("forward"), icon: "forward", data: { action: "forward" }, act: () => this.#forward() },
    ];
  }

  async #forward() {
    const text = this.draft.trim() || say("forwardSample");
    if (await this.#phone.send({ text, forward: true })) this.draft = "";
  }

  #askLocation() {
    const number = { type: "number", step: "any", required: true };
    ask({
      title: say("location"),
      submit: say("send"),
      fields: [
        { name: "latitude", label: say("latitude"), value: HERE.latitude, min: -90, max: 90, ...number },
        { name: "longitude", label: say("longitude"), value: HERE.longitude, min: -180, max: 180, ...number },
      ],
      act: (form) =>
        this.#phone.sendOrThrow({
          location: { latitude: Number(form.get("latitude")), longitude: Number(form.get("longitude")) },
        }),
    });
  }

  async #upload(kind, input) {
    const [file] = input.files;
    if (!file) return;
    const form = new FormData();
    form.set(kind, file);
    const caption = this.draft.trim();
    if (caption) form.set("caption", caption);
    input.value = ""; // the same file can be chosen again
    if (await this.#phone.send(form)) this.draft = "";
  }

  #typed() {
    this.#grow();
    this.#showCommands(/^\/\w*$/.test(this.draft) ? this.draft.slice(1) : null);
  }

  #grow() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${Math.min(this.#field.scrollHeight, TALLEST)}px`;
  }

  #key(event) {
    const choices = [...this.#commands.children].filter((child) => child.matches("button"));
    if (!this.#commands.hidden && choices.length) {
      const at = choices.findIndex((choice) => choice.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const next = choices.at((at + (event.key === "ArrowDown" ? 1 : -1)) % choices.length);
        for (const choice of choices) choice.setAttribute("aria-selected", String(choice === next));
        next.scrollIntoView({ block: "nearest" });
        return;
      }
      if (at >= 0 && (event.key === "Enter" || event.key === "Tab")) {
        event.preventDefault();
        choices[at].click();
        return;
      }
    }
    if (event.key === "Escape") {
      this.#showCommands(null);
      this.target(null);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && hasMouse.matches) {
      event.preventDefault();
      this.#submit();
    }
  }

  /** List the commands that begin with `typed`; null closes the list. */
  #showCommands(typed) {
    const fitting = typed === null ? [] : this.#phone.person.commands.filter(({ command }) => command.startsWith(typed));
    const rows = fitting.map(({ command, description }) =>
      el(
        "button",
        { type: "button", role: "option", "aria-selected": "false", data: { command }, onclick: () => this.#command(command) },
        el("b", {}, `/${command}`),
        el("span", { dir: "auto" }, description),
      ),
    );
    if (typed === "" && !rows.length) rows.push(el("p", {}, say("noCommands")));
    this.#commands.replaceChildren(...rows);
    this.#commands.hidden = !rows.length;
  }

  #command(command) {
    this.draft = "";
    this.#showCommands(null);
    this.#phone.command(`/${command}`);
  }
}
