// One person's phone: head, history, foot; and what that person does.
import { el, icon, iconButton, copyText, fullName } from "./dom.js";
import { door, Refused } from "./doors.js";
import { Composer } from "./composer.js";
import { Head } from "./head.js";
import { History } from "./history.js";
import { askStartGroup, groupMenu } from "./groups.js";
import { Presses } from "./inline.js";
import { openMenu } from "./menus.js";
import { alert, toast } from "./notes.js";
import { say } from "./words.js";
import { GENERAL, topicOf } from "./world.js";

/** The phone of the person with `id`. `hooks`: `unread()` when its number changed, `hide(phone)`. */
export class Phone {
  presses = new Presses(this);
  /** START was pressed, its message is on the way. */
  started = false;
  #hooks;
  #head;
  #chats = el("nav", { class: "chats", hidden: true });
  #topics = el("nav", { class: "chats topics", hidden: true });
  #toasts = el("div", { class: "toasts", role: "status" });
  #history;
  #composer;
  /** place -> messages that nobody has seen */
  #unread = new Map();

  constructor(world, id, hooks) {
    this.world = world;
    this.id = id;
    this.chatId = id;
    /** The open topic of a forum, null in any other chat. */
    this.topic = null;
    this.#hooks = hooks;
    this.root = el("section", { class: "phone", data: { person: id } });
    this.#history = new History(this, () => this.#read());
    this.#head = new Head(this, { hide: () => hooks.hide(this), read: () => this.#history.toEnd() });
    this.#composer = new Composer(this);
    this.#history.root.append(this.#toasts);
    this.root.append(this.#head.root, this.#chats, this.#topics, this.#history.root, this.#composer.root);
    this.reload();
  }

  get person() {
    return this.world.people.get(this.id);
  }

  get isPrivate() {
    return this.chatId === this.id;
  }

  /** What is open: a chat, or a topic of one. */
  get place() {
    return placeOf(this.chatId, this.topic);
  }

  /** The open chat's messages, oldest first. */
  messages() {
    return this.world.messagesOf(this.chatId, this.topic);
  }

  message(messageId) {
    return this.world.message(this.chatId, messageId);
  }

  get unread() {
    return [...this.#unread.values()].reduce((sum, count) => sum + count, 0);
  }

  language() {
    return this.person.language_code;
  }

  /** Draw everything again from the world. */
  reload() {
    this.#follow();
    this.#personChanged();
    this.#drawChats();
    this.#history.show(this.#welcome());
    this.#composer.update();
  }

  /** Something happened to this person or in one of their chats; the world knows it already. */
  take(event) {
    const here = event.chat_id === this.chatId; // what is not drawn, in another topic, is passed over
    if (event.type === "message") this.#arrived(event);
    else if (event.type === "edit" && here) this.#history.edit(event.message);
    else if (event.type === "reaction" && here) this.#reacted(event.message_id);
    else if (event.type === "delete" && here) this.#deleted(event.message_ids);
    else if (event.type === "person") this.#personChanged();
    else if (event.type === "chat") this.#chatChanged();
    else if (event.type === "answer") this.#answered(event);
    else if (event.type === "action" && here) this.#head.acts(event.action);
    else if (event.type === "bot") this.reload();
  }

  /** The phone came into sight (again). */
  seen() {
    this.#composer.seen();
    if (this.#history.atEnd) this.#read();
  }

  stop() {
    this.presses.stop();
    this.#history.stop();
    this.#head.stop();
    this.#composer.stop();
    this.root.remove();
  }

  // What the person does

  /** Send to the open chat; resolves to the message, or to false when refused (and said). */
  send(body) {
    return this.try("send", this.#addressed(body));
  }

  /** The same for a form that shows the refusal itself. */
  sendOrThrow(body) {
    return door("send", this.#addressed(body));
  }

  edit(messageId, text) {
    return this.try("edit", this.#addressed({ message_id: messageId, text }));
  }

  /** A tapped command; in a group it is addressed to the bot, as Telegram's clients do. */
  command(text) {
    const plain = this.isPrivate || text.includes("@");
    return this.send({ text: plain ? text : `${text}@${this.world.bot.username}` });
  }

  async start(payload) {
    this.started = true;
    this.open(this.id);
    if (await this.try("start", { person: this.id, ...(payload ? { payload } : {}) })) return;
    this.started = false;
    this.#composer.update();
  }

  block(blocked) {
    return this.try("block", { person: this.id, blocked });
  }

  /** Change the language of this person's Telegram. */
  speak(language) {
    return this.try("language", { person: this.id, language_code: language });
  }

  /** Begin an inline query in the field, as a switch_inline_query button does. */
  insert(query) {
    this.#composer.insert(`@${this.world.bot.username} ${query}`);
  }

  startsBot(url) {
    return this.#queryOf(url) !== null;
  }

  /** A tapped link: START for this bot, a new tab for the web, a word about anything else. */
  follow(url) {
    const query = this.#queryOf(url);
    if (query?.has("startgroup")) askStartGroup(this, query);
    else if (query) this.start(query.get("start") ?? "");
    else if (/^(https?|mailto|tel):/i.test(url)) window.open(url, "_blank", "noopener,noreferrer");
    else this.toast(url);
  }

  goTo(messageId) {
    this.#history.goTo(messageId);
  }

  /** Show another of the person's chats, or another topic of a forum. */
  open(chatId, topic = this.world.chats.get(chatId)?.is_forum ? GENERAL : null) {
    if (chatId === this.chatId && topic === this.topic) return;
    this.#composer.target(null);
    this.chatId = chatId;
    this.topic = topic;
    this.#composer.moved();
    this.#head.acts(null);
    this.#history.show(this.#welcome());
    this.#drawChats();
    this.#composer.update();
  }

  messageMenu(anchor, messageId) {
    const message = this.message(messageId);
    if (!message) return;
    const text = message.text ?? message.caption;
    const about = (kind) => () => this.#composer.target({ kind, id: messageId });
    const items = [{ label: say("reply"), icon: "reply", data: { action: "reply" }, act: about("reply") }];
    const editable = ["text", "photo", "video", "audio", "document"].some((kind) => message[kind] !== undefined);
    if (message.from?.id === this.id && editable) {
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

  /** Do something with the open group; a refusal becomes a toast and `false`. */
  manage(path, body) {
    return this.try(path, { person: this.id, chat: this.chatId, ...body });
  }

  /** Run a door; a refusal becomes a toast and `false`. */
  async try(path, body) {
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
    if (this.topic) to.topic = this.topic;
    if (!(body instanceof FormData)) return { ...to, ...body };
    for (const [name, value] of Object.entries(to)) body.set(name, String(value));
    return body;
  }

  /** What a link to this bot carries, null for any other link. */
  #queryOf(url) {
    const web = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(\w+)\/?(?:\?(.*))?$/i.exec(url);
    const app = /^tg:(?:\/\/)?resolve\?(.*)$/i.exec(url);
    const query = new URLSearchParams(web?.[2] ?? app?.[1] ?? "");
    const name = web?.[1] ?? query.get("domain");
    if (!name || name.toLowerCase() !== this.world.bot.username?.toLowerCase()) return null;
    return query;
  }

  // What happens to the person

  #arrived({ chat_id: chatId, message }) {
    const own = message.from?.id === this.id;
    const place = placeOf(chatId, this.world.chats.get(chatId)?.is_forum ? topicOf(message) : null);
    const here = place === this.place;
    if (here) {
      this.#history.add(message, own);
      this.#composer.update();
      if (!own) this.#head.acts(null);
    }
    if (own || (here && this.#history.atEnd && this.#watched())) return;
    this.#unread.set(place, (this.#unread.get(place) ?? 0) + 1);
    this.#unreadChanged();
  }

  #deleted(ids) {
    this.#history.remove(ids, this.#welcome());
    this.#composer.gone(ids);
  }

  #reacted(messageId) {
    const message = this.message(messageId);
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
    if (!this.#unread.has(this.place) || !this.#watched()) return;
    this.#unread.delete(this.place);
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

  /** Where the open chat is now: the supergroup it has become, the private one when it is gone. */
  #follow() {
    const chat = this.world.chats.get(this.chatId);
    if (!this.isPrivate && !chat) this.open(this.id, null);
    else if (chat?.migrated_to) this.open(chat.migrated_to);
    else if (chat?.is_forum) {
      const gone = this.topic === null || (this.topic && !chat.topics.some(({ id }) => id === this.topic));
      if (gone) this.open(this.chatId, GENERAL);
    } else if (this.topic !== null) this.open(this.chatId, null);
  }

  #chatChanged() {
    this.#follow();
    this.#drawChats();
  }

  /** A person in groups gets a tab for each chat, and under it one for each topic of the open one. */
  #drawChats() {
    const groups = this.world.groupsOf(this.id);
    this.#chats.hidden = !groups.length;
    const chats = [{ id: this.id, title: this.world.bot.first_name ?? "" }, ...groups];
    const tabs = chats.map((chat) => {
      const places = [null, GENERAL, ...(chat.topics ?? []).map(({ id }) => id)];
      const unread = places.reduce((sum, topic) => sum + this.#unreadIn(chat.id, topic), 0);
      return tab(chat.title, unread, chat.id === this.chatId, { chat: chat.id }, () => this.open(chat.id));
    });
    this.#chats.replaceChildren(...tabs);
    const open = this.isPrivate ? null : this.world.chats.get(this.chatId);
    if (open) this.#chats.append(this.#groupButton(open));
    this.#topics.hidden = !open?.is_forum;
    const topics = open?.is_forum ? [{ id: GENERAL, name: say("general") }, ...open.topics] : [];
    this.#topics.replaceChildren(
      ...topics.map(({ id, name }) =>
        tab(name, this.#unreadIn(open.id, id), id === this.topic, { topic: id }, () => this.open(open.id, id)),
      ),
    );
    // The open topic's name is in sight, however many there are.
    this.#topics.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #unreadIn(chatId, topic) {
    return this.#unread.get(placeOf(chatId, topic)) ?? 0;
  }

  #groupButton(chat) {
    const button = iconButton("more", say("groupMenu", { name: chat.title }), {
      "aria-haspopup": "menu",
      data: { action: "group" },
    });
    button.addEventListener("click", () => openMenu(button, groupMenu(this, chat), this.root));
    return button;
  }
}

const placeOf = (chatId, topic) => (topic === null ? String(chatId) : `${chatId}:${topic}`);

function tab(title, unread, open, data, act) {
  const badge = unread
    ? el("span", { class: "badge", "aria-label": say("unread", { n: unread }) }, unread)
    : null;
  return el("button", { type: "button", "aria-pressed": String(open), title, data, onclick: act }, el("span", {}, title), badge);
}
