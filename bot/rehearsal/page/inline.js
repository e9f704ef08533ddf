// The buttons under a message, and what became of the presses on them.
import { el, icon, copyText } from "./dom.js";
import { door, Refused } from "./doors.js";
import { say } from "./words.js";

const PATIENCE = 15_000; // ms: about as long as a Telegram client turns its spinner
const KEPT_EARLY = 50;

/** The inline keyboard of `message` as rows of buttons. */
export function inlineKeyboard(message, phone) {
  const rows = message.reply_markup.inline_keyboard.map((row) =>
    el(
      "div",
      { class: "row" },
      row.map((button) => drawn(button, message, phone)),
    ),
  );
  const keyboard = el("div", { class: "inline" }, rows);
  phone.presses.mark(message.chat.id, message.message_id, keyboard);
  return keyboard;
}

function drawn(button, message, phone) {
  const [mark, act] = kind(button, message, phone);
  return el(
    "button",
    {
      type: "button",
      class: ["key", button.style].filter(Boolean).join(" "),
      disabled: Boolean(button.disabled),
      data: button.callback_data === undefined ? {} : { callback: button.callback_data },
      title: button.url ?? null,
      onclick: act,
    },
    el("span", { class: "label", dir: "auto" }, button.text),
    mark ? icon(mark) : null,
  );
}

/** [corner mark or null, what a tap does] */
function kind(button, message, phone) {
  if (button.disabled) return [null, null];
  if (button.callback_data !== undefined) {
    return [null, () => phone.presses.press(message.chat.id, message.message_id, button.callback_data)];
  }
  if (button.url !== undefined) return ["out", () => phone.follow(button.url)];
  if (button.copy_text) {
    return ["copy", () => copyText(button.copy_text.text).then(() => phone.toast(say("copied")))];
  }
  if (button.switch_inline_query_current_chat !== undefined) {
    return ["out", () => phone.insert(button.switch_inline_query_current_chat)];
  }
  if (button.web_app) return ["out", () => phone.follow(button.web_app.url)];
  return ["out", () => phone.toast(say("notHere"))];
}

/**
 * One person's pressed buttons, from the tap until the bot's answer. A press that stays without
 * an answer keeps a visible mark: a forgotten answerCallbackQuery is a fault of the bot.
 */
export class Presses {
  #phone;
  /** "chat message data" -> "waiting" | "unanswered" */
  #marks = new Map();
  /** query id -> {key, timer} */
  #queries = new Map();
  /** Answers that came over the stream before the press had its query id. */
  #early = new Set();

  constructor(phone) {
    this.#phone = phone;
  }

  async press(chatId, messageId, data) {
    const key = `${chatId} ${messageId} ${data}`;
    if (this.#marks.get(key) === "waiting") return;
    this.#set(key, "waiting");
    let query;
    try {
      query = await door("press", { person: this.#phone.id, chat: chatId, message_id: messageId, data });
    } catch (error) {
      this.#set(key, null);
      if (!(error instanceof Refused)) throw error;
      this.#phone.toast(error.message);
      return;
    }
    if (this.#early.delete(query.query_id)) {
      this.#set(key, null);
      return;
    }
    const timer = setTimeout(() => {
      this.#set(key, "unanswered");
      this.#phone.toast(say("unanswered"), "warning");
    }, PATIENCE);
    this.#queries.set(query.query_id, { key, timer });
  }

  /** The bot answered `queryId`, perhaps late. */
  answered(queryId) {
    const query = this.#queries.get(queryId);
    if (query) {
      clearTimeout(query.timer);
      this.#queries.delete(queryId);
      this.#set(query.key, null);
      return;
    }
    this.#early.add(queryId);
    if (this.#early.size > KEPT_EARLY) this.#early.delete(this.#early.values().next().value);
  }

  /** Show on `keyboard` what is known of the presses on its message. */
  mark(chatId, messageId, keyboard) {
    for (const button of keyboard.querySelectorAll("[data-callback]")) {
      const state = this.#marks.get(`${chatId} ${messageId} ${button.dataset.callback}`);
      button.classList.toggle("waiting", state === "waiting");
      button.classList.toggle("unanswered", state === "unanswered");
      button.setAttribute("aria-busy", String(state === "waiting"));
      button.title = state === "unanswered" ? say("unanswered") : "";
    }
  }

  /** Forget all timers: the phone goes away. */
  stop() {
    for (const { timer } of this.#queries.values()) clearTimeout(timer);
  }

  #set(key, state) {
    if (state) this.#marks.set(key, state);
    else this.#marks.delete(key);
    const [chatId, messageId] = key.split(" ", 2).map(Number);
    this.#phone.markPresses(chatId, messageId);
  }
}
