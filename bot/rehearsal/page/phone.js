// One person's phone: header, history, foot; and what that person does.
import { el, icon, iconButton, avatar, fullName, copyText } from "./dom.js";
import { ask } from "./dialogs.js";
import { door, Refused } from "./doors.js";
import { Composer } from "./composer.js";
import { History } from "./history.js";
import { Presses } from "./inline.js";
import { openMenu } from "./menus.js";
import { LANGUAGES, say } from "./words.js";

const TOAST = 4000; // ms; a long text stays longer
const TYPING = 5500; // ms: Telegram shows an action for five seconds

/** The phone of the person with `id`. `hooks`: `unread(phone)` when its number changed, `hide(phone)`. */
export class Phone {
  presses = new Presses(this);
  unread = 0;
  /** START was pressed, its message is on the way. */
  started = false;
  #hooks;
  #head = el("header");
  #chats = el("nav", { class: "chats", hidden: true });
  #toasts = el("div", { class: "toasts", role: "status" });
  #history;
  #composer;
  #typing = null;

  constructor(world, id, hooks) {
    this.world = world;
    this.id = id;
    this.chatId = id;
    this.#hooks = hooks;
    this.root = el("section", { class: "phone", data: { person: id } });
    this.#history = new History(this, () => this.#read());
    this.#composer = new Composer(this);
    this.root.append(this.#head, this.#chats, this.#history.root, this.#toasts, this.#composer.root);
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

  language() {
    return this.person.language_code;
  }

  /** Draw everything again from the world. */
  reload() {
    if (!this.isPrivate && !this.world.chats.has(this.chatId)) this.chatId = this.id;
    this.#drawHead();
    this.#drawChats();
    this.#history.show(this.chatId, this.#welcome());
    this.#composer.update();
  }

  /** Something happened to this person or in one of their chats; the world knows it already. */
  take(event) {
    switch (event.type) {
      case "message":
        this.#arrived(event);
        break;
      case "edit":
        if (event.chat_id === this.chatId) this.#history.edit(event.message);
        break;
      case "reaction": {
        const message = event.chat_id === this.chatId && this.world.message(event.chat_id, event.message_id);
        if (message) this.#history.edit(message);
        break;
      }
      case "delete":
        if (event.chat_id !== this.chatId) break;
        this.#history.remove(event.message_ids, this.#welcome());
        this.#composer.gone(event.message_ids);
        break;
      case "person":
        this.#drawHead();
        this.#composer.update();
        break;
      case "chat":
        this.#drawChats();
        break;
      case "answer":
        this.presses.answered(event.query_id);
        if (event.url) this.follow(event.url);
        if (event.text) event.show_alert ? this.#alert(event.text) : this.toast(event.text);
        break;
      case "action":
        if (event.chat_id === this.chatId) this.#acts(event.action);
        break;
      case "bot":
        this.reload();
        break;
    }
  }

  stop() {
    this.presses.stop();
    this.#history.stop();
    clearTimeout(this.#typing);
    this.root.remove();
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

  /** Send to the chat that is open; resolves to the message, false when refused (and said). */
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
    const addressed = this.isPrivate || text.includes("@") ? text : `${text}@${this.world.bot.username}`;
    return this.send({ text: addressed });
  }

  async start(payload) {
    this.started = true;
    this.#open(this.id);
    const done = await this.#try("start", { person: this.id, ...(payload ? { payload } : {}) });
    if (done) return;
    this.started = false;
    this.#composer.update();
  }

  block(blocked) {
    return this.#try("block", { person: this.id, blocked });
  }

  insert(query) {
    this.#composer.insert(`@${this.world.bot.username} ${query}`);
  }

  /** The START payload that a link to this bot carries ("" for none), null for any other link. */
  #payloadOf(url) {
    const match = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(\w+)\/?(?:\?(.*))?$/i.exec(url);
    const deep = /^tg:(?:\/\/)?resolve\?(.*)$/i.exec(url);
    const query = new URLSearchParams(match?.[2] ?? deep?.[1] ?? "");
    const name = match?.[1] ?? query.get("domain");
    if (!name || name.toLowerCase() !== this.world.bot.username?.toLowerCase()) return null;
    return query.get("start") ?? "";
  }

  startsBot(url) {
    return this.#payloadOf(url) !== null;
  }

  /** A tapped link: START for this bot, a new tab for the web, a word about anything else. */
  follow(url) {
    const payload = this.#payloadOf(url);
    if (payload !== null) this.start(payload);
    else if (/^(https?|mailto|tel):/i.test(url)) open(url, "_blank", "noopener,noreferrer");
    else this.toast(url);
  }

  goTo(messageId) {
    this.#history.goTo(messageId);
  }

  markPresses(chatId, messageId) {
    const keyboard = chatId === this.chatId && this.#history.node(messageId)?.querySelector(".inline");
    if (keyboard) this.presses.mark(chatId, messageId, keyboard);
  }

  messageMenu(anchor, messageId) {
    const message = this.world.message(this.chatId, messageId);
    if (!message) return;
    const text = message.text ?? message.caption;
    const items = [
      { label: say("reply"), icon: "reply", data: { action: "reply" }, act: () => this.#composer.target({ kind: "reply", id: messageId }) },
    ];
    if (message.from?.id === this.id && message.text !== undefined) {
      items.push({ label: say("edit"), icon: "edit", data: { action: "edit" }, act: () => this.#composer.target({ kind: "edit", id: messageId }) });
    }
    if (text) {
      items.push({ label: say("copy"), icon: "copy", act: () => copyText(text).then(() => this.toast(say("copied"))) });
    }
    openMenu(anchor, items, this.root);
  }

  /** A passing note over the phone; `kind` "warning" stands out. */
  toast(text, kind = "") {
    const note = el("div", { class: `toast ${kind}`, dir: "auto", data: { toast: "" } }, text);
    this.#toasts.append(note);
    while (this.#toasts.children.length > 3) this.#toasts.firstChild.remove();
    setTimeout(() => note.remove(), TOAST + text.length * 25);
  }

  #alert(text) {
    const before = document.activeElement;
    const close = () => {
      sheet.remove();
      if (this.root.contains(before)) before.focus();
    };
    const sheet = el(
      "div",
      { class: "alert", role: "alertdialog", "aria-label": this.world.bot.first_name, data: { alert: "" }, onkeydown: (event) => event.key === "Escape" && close() },
      el("div", { class: "sheet" }, el("p", { dir: "auto" }, text), el("div", { class: "choices" }, el("button", { type: "button", class: "strong", data: { action: "ok" }, onclick: close }, say("ok")))),
    );
    this.root.append(sheet);
    sheet.querySelector("button").focus();
  }

  #arrived({ chat_id: chatId, message }) {
    const own = message.from?.id === this.id;
    if (chatId === this.chatId) {
      this.#history.add(message, own);
      this.#composer.update();
      if (!own) this.#acts(null);
    }
    if (own || (chatId === this.chatId && this.#history.atEnd && this.#watched())) return;
    this.unread += 1;
    this.#hooks.unread(this);
  }

  /** Whether somebody can see this phone now. */
  #watched() {
    return !document.hidden && this.root.offsetParent !== null;
  }

  /** The phone came into sight (again). */
  seen() {
    if (this.#watched() && this.#history.atEnd) this.#read();
  }

  #read() {
    if (!this.unread || !this.#watched()) return;
    this.unread = 0;
    this.#hooks.unread(this);
  }

  #open(chatId) {
    if (chatId === this.chatId) return;
    this.chatId = chatId;
    this.#composer.target(null);
    this.#drawChats();
    this.#history.show(chatId, this.#welcome());
    this.#composer.update();
  }

  #acts(action) {
    clearTimeout(this.#typing);
    const subtitle = this.#head.querySelector(".doing");
    subtitle.textContent = action ? say(/upload|record/.test(action) ? "sending" : "typing") : "";
    if (action) this.#typing = setTimeout(() => this.#acts(null), TYPING);
  }

  #welcome() {
    if (!this.isPrivate) return el("p", { class: "nothing" }, say("nothingYet"));
    const { description, short_description: short } = this.world.bot;
    const about = description || short;
    return el(
      "div",
      { class: "welcome" },
      icon("shanyrak"),
      about ? [el("b", {}, say("whatBotDoes")), el("p", { dir: "auto" }, about)] : el("p", {}, say("nothingYet")),
    );
  }

  #drawHead() {
    const { person } = this;
    this.root.setAttribute("aria-label", say("phoneOf", { name: fullName(person) }));
    this.root.classList.toggle("blocked", person.blocked);
    const doing = this.#head.querySelector(".doing")?.textContent ?? "";
    const role = say(person.role || "guest");
    const label = say(person.blocked ? "unblock" : "block");
    const menu = iconButton("more", say("menu", { name: fullName(person) }), { "aria-haspopup": "menu", data: { action: "menu" } });
    menu.addEventListener("click", () => openMenu(menu, this.#menu(), this.root));
    this.#head.replaceChildren(
      avatar(person),
      el(
        "div",
        { class: "who" },
        el("b", { class: "name", dir: "auto", title: fullName(person) }, fullName(person)),
        el(
          "small",
          {},
          el("span", { class: "state" }, person.blocked ? `${role} · ${say("blocked")}` : role),
          el("span", { class: "doing", role: "status" }, doing),
        ),
      ),
      el("span", { class: "code", title: say("language") }, person.language_code || "—"),
      iconButton("block", label, {
        class: "blocker",
        role: "switch",
        "aria-checked": String(person.blocked),
        data: { action: "block" },
        onclick: () => this.block(!this.person.blocked),
      }),
      menu,
    );
  }

  #drawChats() {
    const groups = this.world.groupsOf(this.id);
    const tab = (chatId, title) =>
      el("button", { type: "button", "aria-pressed": String(chatId === this.chatId), data: { chat: chatId }, onclick: () => this.#open(chatId) }, title);
    this.#chats.hidden = !groups.length;
    this.#chats.replaceChildren(
      tab(this.id, this.world.bot.first_name ?? ""),
      ...groups.map((chat) => tab(chat.id, chat.title)),
    );
  }

  #menu() {
    const code = this.person.language_code;
    const speaks = (language) => this.#try("language", { person: this.id, language_code: language });
    return [
      { label: say("pressStart"), icon: "play", data: { action: "press-start" }, act: () => this.start() },
      { label: say("startWith"), icon: "link", data: { action: "start-payload" }, act: () => this.#askPayload() },
      { label: say("markRead"), icon: "check", data: { action: "mark-read" }, act: () => this.#history.toEnd() },
      { label: say("hide"), icon: "hide", data: { action: "hide" }, act: () => this.#hooks.hide(this) },
      { heading: say("language") },
      ...Object.entries(LANGUAGES).map(([language, name]) => ({
        label: name,
        chosen: code === language,
        data: { language },
        act: () => speaks(language),
      })),
      { label: code in LANGUAGES ? say("other") : `${say("other")} (${code})`, chosen: !(code in LANGUAGES), data: { language: "other" }, act: () => this.#askLanguage() },
    ];
  }

  #askPayload() {
    ask({
      title: say("startWith"),
      submit: say("start"),
      fields: [{ name: "payload", label: say("payload"), hint: say("payloadHint", { bot: this.world.bot.username }), spellcheck: "false", autofocus: true }],
      act: (form) => {
        this.#open(this.id);
        return door("start", { person: this.id, payload: form.get("payload").trim() });
      },
    });
  }

  #askLanguage() {
    ask({
      title: say("language"),
      submit: say("ok"),
      fields: [{ name: "code", label: say("languageCode"), value: this.person.language_code, required: true, maxlength: 35, autofocus: true }],
      act: (form) => door("language", { person: this.id, language_code: form.get("code").trim() }),
    });
  }
}
