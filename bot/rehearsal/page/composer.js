// The foot of a phone: the line to write in, what the text is about, the bot's buttons.
import { el, icon, iconButton, fullName } from "./dom.js";
import { Attach } from "./attach.js";
import { gist } from "./bubble.js";
import { CommandList } from "./commands.js";
import { draftOf, keep, keepDraft, kept } from "./kept.js";
import { replyKeyboard } from "./keys.js";
import { say } from "./words.js";

const TALLEST = 132; // px of the field before it scrolls
const hasMouse = matchMedia("(hover: hover)");

/** What one person writes and taps at the bottom of their phone. */
export class Composer {
  #phone;
  #attach;
  #commands;
  #field = el("textarea", { name: "text", rows: "1", dir: "auto", "aria-label": say("message") });
  #about = el("div", { class: "about", hidden: true });
  #keys = el("div", { class: "keys", hidden: true });
  #toggle = iconButton("keys", say("buttons"), { hidden: true, data: { action: "keyboard" } });
  #line = el("form", { class: "line" });
  #instead = el("div", { class: "instead", hidden: true });
  /** {kind: "reply" | "edit", id}: what the next text is about. */
  #target = null;
  /** The ReplyKeyboardMarkup that is drawn, the message that brought it, and the one that the bot wants an answer to. */
  #keyboard = null;
  #keyboardFrom = null;
  #keysOpen = true;
  #forced = null;

  constructor(phone) {
    this.#phone = phone;
    this.#attach = new Attach(phone, { read: () => this.draft, set: (text) => (this.draft = text) });
    const list = iconButton("menu", say("commands"), { "aria-expanded": "false", data: { action: "commands" } });
    const command = (name) => {
      if (/^\/\w*$/.test(this.draft)) this.draft = ""; // the command's beginning; any other text stays
      phone.command(`/${name}`);
    };
    this.#commands = new CommandList(phone, command, [list, this.#field]);
    list.addEventListener("click", () => this.#commands.toggle());
    const send = iconButton("send", say("send"), { type: "submit", class: "send", data: { action: "send" } });
    this.#line.append(...this.#attach.nodes, list, this.#field, this.#toggle, send);
    this.#line.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#toggle.addEventListener("click", () => this.#fold(this.#keysOpen));
    this.#field.addEventListener("input", () => this.#typed());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    const parts = [this.#commands.root, this.#about, this.#line, this.#instead, this.#keys];
    this.root = el("div", { class: "composer" }, parts);
    this.#field.value = draftOf(this.#place);
  }

  get draft() {
    return this.#field.value;
  }

  set draft(text) {
    this.#field.value = text;
    this.#grow();
    this.#keepDraft();
  }

  /** Another chat or topic is open: what was begun there stands in the field. */
  moved() {
    this.target(null);
    this.#commands.close();
    this.#field.value = draftOf(this.#place);
    this.#grow();
  }

  /** The phone came into sight: only now the field knows how tall its text is. */
  seen() {
    this.#grow();
  }

  stop() {
    this.#commands.close();
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
    this.#line.hidden = Boolean(instead);
    this.#instead.hidden = !instead;
    this.#instead.replaceChildren(...(instead ? [instead] : []));
    const keyboard = isPrivate && !person.blocked ? person.keyboard : null;
    // Every event of the person brings a new copy: only another keyboard is drawn, and opened. As in Telegram one that
    // was folded comes back with the next message that brings it.
    const same = JSON.stringify(keyboard) === JSON.stringify(this.#keyboard);
    if (!same || (keyboard && this.#keyboardFrom !== person.keyboard_from)) {
      this.#keyboard = keyboard;
      this.#keyboardFrom = person.keyboard_from;
      const rows = keyboard ? [replyKeyboard(keyboard, (button) => this.#press(button))] : [];
      if (!same) this.#keys.replaceChildren(...rows);
      this.#openKeys(!keyboard || keyboard.is_persistent || kept.folded[person.id] !== person.keyboard_from);
    }
    // A persistent keyboard cannot be folded.
    this.#toggle.hidden = !keyboard || Boolean(keyboard.is_persistent);
    this.#field.placeholder = keyboard?.input_field_placeholder || say("message");
    this.#force(isPrivate ? person.force_reply : null);
  }

  /** Answer to or change a message; null for an ordinary text. */
  target(target) {
    const edited = this.#target?.kind === "edit" && target?.kind !== "edit";
    const message = target && this.#phone.world.message(this.#phone.chatId, target.id);
    this.#target = message ? target : null;
    if (edited) this.draft = draftOf(this.#place); // what was begun before the edit
    this.#about.hidden = !message;
    if (!message) return;
    const author = message.from ? fullName(message.from) : say("reply");
    this.#about.replaceChildren(
      icon(target.kind),
      el(
        "span",
        { class: "lines" },
        el("b", {}, target.kind === "edit" ? say("edit") : author),
        el("span", { dir: "auto" }, gist(message)),
      ),
      iconButton("close", say("cancel"), { onclick: () => this.target(null) }),
    );
    if (target.kind === "edit") this.draft = message.text ?? message.caption ?? "";
    if (target.focus !== false) this.#field.focus();
  }

  /** These messages were deleted: nothing can be about them any more. */
  gone(ids) {
    if (this.#target && ids.includes(this.#target.id)) this.target(null);
  }

  /** The one button that stands in place of the field, as in Telegram; null when one can write. */
  #substitute() {
    const phone = this.#phone;
    if (!phone.isPrivate) return null;
    const button = (action, label, act) =>
      el("button", { type: "button", class: "strong", data: { action }, onclick: act }, label);
    if (phone.person.blocked) return button("unblock", say("unblock"), () => phone.block(false));
    const fresh = !phone.started && !phone.world.messagesOf(phone.chatId).length;
    return fresh ? button("start", say("start"), () => phone.start()) : null;
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
    this.#target = null;
    this.#about.hidden = true;
    this.#commands.close();
    const place = this.#place;
    this.draft = target?.kind === "edit" ? draftOf(place) : "";
    const done = await (target?.kind === "edit"
      ? this.#phone.edit(target.id, text)
      : this.#phone.send({ text, reply_to: target?.id }));
    if (done) return;
    // Refused: nothing that was typed is lost.
    if (place !== this.#place) keepDraft(place, text);
    else if (target?.kind === "edit") {
      this.target(target);
      this.draft = text;
    } else if (!this.draft) this.draft = text;
  }

  /** Whose draft it is, and in which chat. */
  get #place() {
    return `${this.#phone.id} ${this.#phone.place}`;
  }

  #keepDraft() {
    if (this.#target?.kind !== "edit") keepDraft(this.#place, this.draft);
  }

  /** Fold the bot's keyboard, or bring it back. */
  #fold(folded) {
    const { id, person } = this.#phone;
    keep({ folded: { ...kept.folded, [id]: folded ? person.keyboard_from : null } });
    this.#openKeys(!folded);
  }

  /** A button of the bot's keyboard. */
  #press(button) {
    if (this.#keyboard.one_time_keyboard) this.#openKeys(false);
    const elsewhere = ["web_app", "request_poll", "request_users", "request_chat", "request_managed_bot"];
    if (button.request_contact) this.#phone.send({ contact: true });
    else if (button.request_location) this.#attach.askLocation();
    else if (elsewhere.some((kind) => button[kind])) this.#phone.toast(say("notHere"));
    else {
      const answered = this.#target?.kind === "reply" ? this.#target.id : undefined;
      if (answered) this.target(null);
      this.#phone.send({ text: button.text, reply_to: answered });
    }
  }

  #openKeys(open) {
    this.#keysOpen = open;
    this.#keys.hidden = !open || !this.#keyboard;
    this.#toggle.setAttribute("aria-expanded", String(!this.#keys.hidden));
  }

  #typed() {
    this.#grow();
    this.#keepDraft();
    if (/^\/\w*$/.test(this.draft)) this.#commands.show(this.draft.slice(1));
    else this.#commands.close();
  }

  #grow() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${Math.min(this.#field.scrollHeight, TALLEST)}px`;
  }

  #key(event) {
    if (this.#commands.key(event.key)) {
      event.preventDefault();
    } else if (event.key === "Escape") {
      this.target(null);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && hasMouse.matches) {
      event.preventDefault();
      this.#submit();
    }
  }
}
