// One message as a bubble.
import { el, icon, fullName } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./inline.js";
import { attachments } from "./media.js";
import { hours, written, DAY, HOURS } from "./time.js";
import { say } from "./words.js";

/** What a message says in one line, for quotes and lists. */
export function gist(message) {
  const text = message.text ?? message.caption ?? service(message);
  if (text) return text.length > 160 ? `${text.slice(0, 160)}…` : text;
  const kind = ["photo", "sticker", "voice", "contact", "location"].find((name) => message[name]);
  return kind ? say(kind) : (message.document?.file_name ?? say("message"));
}

/** The words of a service message ("Aru joined"), null for any other message. */
function service(message) {
  const names = (people) => people.map(fullName).join(", ");
  if (message.new_chat_members) return say("joined", { name: names(message.new_chat_members) });
  if (message.left_chat_member) return say("left", { name: fullName(message.left_chat_member) });
  if (message.group_chat_created || message.supergroup_chat_created) {
    return say("groupMade", { name: message.chat.title });
  }
  if (message.pinned_message) return say("pinned");
  if (message.forum_topic_created) return say("topicMade", { name: message.forum_topic_created.name });
  if (message.forum_topic_edited) return say("topicNamed", { name: message.forum_topic_edited.name ?? "" });
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return say("upgraded");
  return null;
}

const ENVELOPE = new Set(
  (
    "message_id from sender_chat chat date edit_date reply_to_message reply_markup forward_origin quote " +
    "has_protected_content message_thread_id is_topic_message media_group_id link_preview_options via_bot " +
    "author_signature reactions effect_id show_caption_above_media caption caption_entities entities"
  ).split(" "),
);

/** A note in place of content that the page has no drawing for. */
function unknown(message) {
  const kind = Object.keys(message).find((field) => !ENVELOPE.has(field)) ?? "?";
  return el("div", { class: "text note" }, say("unsupported", { kind }));
}

/**
 * The node of `message` as the person of `phone` sees it: the bubble with its inline keyboard
 * under it. `joined` is true right under another message of the same sender.
 */
export function bubble(message, phone, joined) {
  const words = service(message);
  if (words)
    return el("div", { class: "service", data: { message: message.message_id } }, el("span", {}, words));
  const own = message.from?.id === phone.id;
  const text = message.text ?? message.caption;
  const media = attachments(message, phone);
  const classes = ["message", own ? "out" : "in", joined && "joined", message.photo && "pictured"];
  return el(
    "div",
    { class: classes.filter(Boolean).join(" "), data: { message: message.message_id } },
    el(
      "div",
      { class: "bubble" },
      own || message.chat.type === "private" || joined ? null : sender(message),
      message.forward_origin ? forwarded(message.forward_origin) : null,
      message.reply_to_message ? quote(message, phone) : null,
      media,
      text ? body(text, message.entities ?? message.caption_entities, phone) : null,
      text || media.length ? null : unknown(message),
      reactions(message),
      footer(message),
      more(message, phone),
    ),
    message.reply_markup?.inline_keyboard ? inlineKeyboard(message, phone) : null,
  );
}

function body(text, entities, phone) {
  return el("div", { class: "text", dir: "auto" }, formatted(text, entities, phone));
}

function sender({ from }) {
  const name = el(
    "div",
    { class: "sender" },
    fullName(from),
    from.is_bot ? el("small", {}, say("bot")) : null,
  );
  return name;
}

function forwarded(origin) {
  const from = origin.sender_user_name ?? origin.sender_chat?.title ?? origin.chat?.title;
  const name = from ?? (origin.sender_user ? fullName(origin.sender_user) : "?");
  return el("div", { class: "forwarded" }, say("forwarded", { name }));
}

function quote(message, phone) {
  const { reply_to_message: original } = message;
  return el(
    "button",
    { type: "button", class: "reply", onclick: () => phone.goTo(original.message_id) },
    el("b", {}, original.from ? fullName(original.from) : ""),
    el("span", { dir: "auto" }, message.quote?.text ?? gist(original)),
  );
}

function reactions({ reactions: given }) {
  if (!given?.length) return null;
  return el(
    "div",
    { class: "reactions" },
    given.map(({ emoji }) => el("span", {}, emoji)),
  );
}

function footer(message) {
  const full = written(message.date, { ...DAY, year: "numeric", ...HOURS, second: "2-digit" });
  return el(
    "span",
    { class: "meta" },
    message.edit_date ? el("span", { class: "edited" }, say("edited"), " ") : null,
    el("time", { title: full, datetime: new Date(message.date * 1000).toISOString() }, hours(message.date)),
  );
}

function more(message, phone) {
  const open = (event) => phone.messageMenu(event.currentTarget, message.message_id);
  return el(
    "button",
    { type: "button", class: "actions", title: say("actions"), "aria-label": say("actions"), onclick: open },
    icon("down"),
  );
}
