// What the page knows of the rehearsal: the server's state, kept up by its events.
import { setClock } from "./time.js";

const KEPT_CALLS = 500;

/** The topic that every forum has, and that has no number. */
export const GENERAL = 0;

/** The topic in which a message of a forum stands. */
export function topicOf(message) {
  if (message.forum_topic_created) return message.message_id;
  return message.is_topic_message ? message.message_thread_id : GENERAL;
}

/** The server's state. Holds data only: who draws it is told by the caller. */
export class World {
  bot = {};
  /** Another one after the rehearsal was started anew. */
  id = null;
  flood = { on: false, retry_after: 5 };
  /** id -> Person, id -> Chat, chat id -> (message id -> Message, oldest first) */
  people = new Map();
  chats = new Map();
  messages = new Map();
  /** The bot's latest API calls, oldest first. */
  calls = [];

  /** Replace everything by GET /api/state. */
  load(state) {
    this.bot = state.bot;
    this.id = state.world;
    this.flood = state.flood;
    setClock(state.clock);
    this.people = new Map(state.people.map((person) => [person.id, person]));
    this.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
    this.messages = new Map();
    for (const [chatId, list] of Object.entries(state.messages)) {
      const kept = list.filter((message) => !message.deleted);
      this.messages.set(Number(chatId), new Map(kept.map((message) => [message.message_id, message])));
    }
  }

  /** Take one event in. */
  apply(event) {
    switch (event.type) {
      case "message":
      case "edit":
        this.#chat(event.chat_id).set(event.message.message_id, event.message);
        break;
      case "delete":
        for (const id of event.message_ids) this.#chat(event.chat_id).delete(id);
        break;
      case "person":
        this.people.set(event.person.id, event.person);
        break;
      case "chat":
        this.chats.set(event.chat.id, event.chat);
        break;
      case "clock":
        setClock(event.clock);
        break;
      case "flood":
        this.flood = event.flood;
        break;
      case "bot":
        this.bot = event.bot;
        break;
      case "reaction":
        this.#react(event);
        break;
      case "call":
        this.calls.push(event);
        if (this.calls.length > KEPT_CALLS) this.calls.shift();
        break;
    }
  }

  /** The messages of a chat, oldest first; of a forum those of one `topic`. */
  messagesOf(chatId, topic = null) {
    const every = [...this.#chat(chatId).values()];
    return topic === null ? every : every.filter((message) => topicOf(message) === topic);
  }

  message(chatId, messageId) {
    return this.#chat(chatId).get(messageId);
  }

  /** The groups a person sits in. */
  groupsOf(personId) {
    return [...this.chats.values()].filter(
      (chat) => chat.type !== "private" && !chat.migrated_to && chat.members.includes(personId),
    );
  }

  #chat(chatId) {
    if (!this.messages.has(chatId)) this.messages.set(chatId, new Map());
    return this.messages.get(chatId);
  }

  #react({ chat_id, message_id, person, emoji }) {
    const message = this.message(chat_id, message_id);
    if (!message) return;
    const others = (message.reactions ?? []).filter((reaction) => reaction.who !== (person ?? "bot"));
    message.reactions = emoji ? [...others, { who: person ?? "bot", emoji }] : others;
  }
}
