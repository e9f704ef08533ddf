// One person's phone: head, history, foot; and what that person does.
import { el, icon, copyText, fullName } from "./dom.js";
import { door, Refused } from "./doors.js";
import { Composer } from "./composer.js";
import { Head } from "./head.js";
import { History } from "./history.js";
import { Presses } from "./inline.js";
import { openMenu } from "./menus.js";
import { alert, toast } from "./notes.js";
import { say } from "./words.js";

/** The phone of the person with `id`. `hooks`: `unread()` when its number changed, `hide(phone)`. */
export class Phone {
  presses = new Presses(this);
  /** START was pressed, its message is on the way. */
  started = false;
  #hooks;
  #head;
  #chats = el("nav", { class: "chats", hidden: true });
  #toasts = el("div", { class: "toasts", role: "status" });
  #history;
  #composer;
  /** chat id -> messages that nobody has seen */
  #unread = new Map();

  constructor(world, id, hooks) {
    this.world = world;
    this.id = id;
    this.chatId = id;
    this.#hooks = hooks;
    this.root = el("section", { class: "phone", data: { person: id } });
    this.#history = new History(this, () => this.#read());
    this.#head = new Head(this, { hide: () => hooks.hide(this), read: () => this.#history.toEnd() });
    this.#composer = new Composer(this);
    this.#history.root.append(this.#toasts);
    this.root.append(this.#head.root, this.#chats, this.#history.root, this.#composer.root);
    this.reload();
  }

  get person() {
    return this.world.people.get(this.id);
  }

  get isPrivate() {
    return this.chatId === this.id;
  }

  get draft() {
    return this.#composer.draft;
  }

  set draft(text) {
    this.#composer.draft = text;
  }

  get unread() {
    return [...this.#unread.values()].reduce((sum, count) => sum + count, 0);
  }

  language() {
    return this.person.language_code;
  }

  /** Draw everything again from the world. */
  reload() {
    if (!this.isPrivate && !this.world.chats.has(this.chatId)) this.chatId = this.id;
    this.#personChanged();
    this.#drawChats();
    this.#history.show(this.chatId, this.#welcome());
    this.#composer.update();
  }

  /** Something happened to this person or in one of their chats; the world knows it already. */
  take(event) {
    const here = event.chat_id === this.chatId;
    if (event.type === "message") this.#arrived(event);
    else if (event.type === "edit" && here) this.#history.edit(event.message);
    else if (event.type === "reaction" && here) this.#reacted(event.message_id);
    else if (event.type === "delete" && here) this.#deleted(event.message_ids);
    else if (event.type === "person") this.#personChanged();
    else if (event.type === "chat") this.#drawChats();
    else if (event.type === "answer") this.#answered(event);
    else if (event.type === "action" && here) this.#head.acts(event.action);
    else if (event.type === "bot") this.reload();
  }

  /** The phone came into sight (again). */
  seen() {
    if (this.#history.atEnd) this.#read();
  }

  stop() {
    this.presses.stop();
    this.#history.stop();
    this.#head.stop();
    this.root.remove();
  }

  // What the person does

  /** Send to the open chat; resolves to the message, or to false when refused (and said). */
  send(body) {
    return this.#try("send", this.#addressed(body));
  }

  /** The same for a form that shows the refusal itself. */
  sendOrThrow(body) {
    return door("send", this.#addressed(body));
  }

  edit(messageId, text) {
    return this.#try("edit", this.#addressed({ message_id: messageId, text }));
  }

  /** A tapped command; in a group it is addressed to the bot, as Telegram's clients do. */
  command(text) {
    const plain = this.isPrivate || text.includes("@");
    return this.send({ text: plain ? text : `${text}@${this.world.bot.username}` });
  }

  async start(payload) {
    this.started = true;
    this.open(this.id);
    if (await this.#try("start", { person: this.id, ...(payload ? { payload } : {}) })) return;
    this.started = false;
    this.#composer.update();
  }

  block(blocked) {
    return this.#try("block", { person: this.id, blocked });
  }

  /** Change the language of this person's Telegram. */
  speak(language) {
    return this.#try("language", { person: this.id, language_code: language });
  }

  /** Begin an inline query in the field, as a switch_inline_query button does. */
  insert(query) {
    this.#composer.insert(`@${this.world.bot.username} ${query}`);
  }

  startsBot(url) {
    return this.#payloadOf(url) !== null;
  }

  /** A tapped link: START for this bot, a new tab for the web, a word about anything else. */
  follow(url) {
    const payload = this.#payloadOf(url);
    if (payload !== null) this.start(payload);
    else if (/^(https?|mailto|tel):/i.test(url)) window.open(url, "_blank", "noopener,noreferrer");
    else this.toast(url);
  }

  goTo(messageId) {
    this.#history.goTo(messageId);
  }

  /** Show another of the person's chats. */
  open(chatId) {
    if (chatId === this.chatId) return;
    this.chatId = chatId;
    this.#composer.target(null);
    this.#head.acts(null);
    this.#history.show(chatId, this.#welcome());
    this.#drawChats();
    this.#composer.update();
  }

  messageMenu(anchor, messageId) {
    const message = this.world.message(this.chatId, messageId);
    if (!message) return;
    const text = message.text ?? message.caption;
    const about = (kind) => () => this.#composer.target({ kind, id: messageId });
    const items = [{ label: say("reply"), icon: "reply", data: { action: "reply" }, act: about("reply") }];
    if (message.from?.id === this.id && message.text !== undefined) {
      items.push({ label: say("edit"), icon: "edit", data: { action: "edit" }, act: about("edit") });
    }
    if (text) {
      const copy = () => copyText(text).then(() => this.toast(say("copied")));
      items.push({ label: say("copy"), icon: "copy", data: { action: "copy" }, act: copy });
    }
    openMenu(anchor, items, this.root);
  }

  markPresses(chatId, messageId) {
    const keyboard = chatId === this.chatId && this.#history.node(messageId)?.querySelector(".inline");
    if (keyboard) this.presses.mark(chatId, messageId, keyboard);
  }

  toast(text, kind) {
    toast(this.#toasts, text, kind);
  }

  /** Run a door; a refusal becomes a toast and `false`. */
  async #try(path, body) {
    try {
      return await door(path, body);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.toast(error.message, "warning");
      return false;
    }
  }

  #addressed(body) {
    const to = this.isPrivate ? { person: this.id } : { person: this.id, chat: this.chatId };
    if (!(body instanceof FormData)) return { ...to, ...body };
    for (const [name, value] of Object.entries(to)) body.set(name, String(value));
    return body;
  }

  /** The START payload that a link to this bot carries ("" for none), null for any other link. */
  #payloadOf(url) {
    const web = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(\w+)\/?(?:\?(.*))?$/i.exec(url);
    const app = /^tg:(?:\/\/)?resolve\?(.*)$/i.exec(url);
    const query = new URLSearchParams(web?.[2] ?? app?.[1] ?? "");
    const name = web?.[1] ?? query.get("domain");
    if (!name || name.toLowerCase() !== this.world.bot.username?.toLowerCase()) return null;
    return query.get("start") ?? "";
  }

  // What happens to the person

  #arrived({ chat_id: chatId, message }) {
    const own = message.from?.id === this.id;
    const here = chatId === this.chatId;
    if (here) {
      this.#history.add(message, own);
      this.#composer.update();
      if (!own) this.#head.acts(null);
    }
    if (own || (here && this.#history.atEnd && this.#watched())) return;
    this.#unread.set(chatId, (this.#unread.get(chatId) ?? 0) + 1);
    this.#unreadChanged();
  }

  #deleted(ids) {
    this.#history.remove(ids, this.#welcome());
    this.#composer.gone(ids);
  }

  #reacted(messageId) {
    const message = this.world.message(this.chatId, messageId);
    if (message) this.#history.edit(message);
  }

  #answered({ query_id: queryId, text, show_alert: alerts, url }) {
    this.presses.answered(queryId);
    if (url) this.follow(url);
    if (text && alerts) alert(this.root, this.world.bot.first_name, text);
    else if (text) this.toast(text);
  }

  #personChanged() {
    this.root.setAttribute("aria-label", say("phoneOf", { name: fullName(this.person) }));
    this.root.classList.toggle("blocked", this.person.blocked);
    this.#head.update();
    this.#composer.update();
  }

  /** Whether somebody can see this phone now. */
  #watched() {
    return !document.hidden && this.root.isConnected && !this.root.hidden;
  }

  #read() {
    if (!this.#unread.has(this.chatId) || !this.#watched()) return;
    this.#unread.delete(this.chatId);
    this.#unreadChanged();
  }

  #unreadChanged() {
    this.#drawChats();
    this.#hooks.unread();
  }

  #welcome() {
    if (!this.isPrivate) return el("p", { class: "nothing" }, say("nothingYet"));
    const { description, descriptions, short_description: short } = this.world.bot;
    const about = descriptions?.[this.language().split("-")[0]] || description || short;
    const words = about
      ? [el("b", {}, say("whatBotDoes")), el("p", { dir: "auto" }, about)]
      : [el("p", {}, say("nothingYet"))];
    return el("div", { class: "welcome" }, icon("shanyrak"), words);
  }

  /** A person in groups gets a tab for each chat. */
  #drawChats() {
    const groups = this.world.groupsOf(this.id);
    this.#chats.hidden = !groups.length;
    const chats = [{ id: this.id, title: this.world.bot.first_name ?? "" }, ...groups];
    const tabs = chats.map(({ id, title }) => {
      const unread = this.#unread.get(id);
      const badge = unread
        ? el("span", { class: "badge", "aria-label": say("unread", { n: unread }) }, unread)
        : null;
      const props = { type: "button", "aria-pressed": String(id === this.chatId), data: { chat: id } };
      return el("button", { ...props, onclick: () => this.open(id) }, title, badge);
    });
    this.#chats.replaceChildren(...tabs);
  }
}
