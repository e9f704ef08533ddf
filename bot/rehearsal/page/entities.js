// Message text with its entities, as nodes. Offsets are UTF-16 units, as those of JS strings are.
import { el, copyText } from "./dom.js";
import { dateTime, written, DAY, HOURS } from "./time.js";
import { say } from "./words.js";

/** Where two entities cover the same text, the block goes round the inline one. */
const BLOCKS = ["blockquote", "expandable_blockquote", "pre"];

function byNesting(a, b) {
  return (
    a.offset - b.offset ||
    b.length - a.length ||
    Number(BLOCKS.includes(b.type)) - Number(BLOCKS.includes(a.type))
  );
}

/**
 * `text` formatted by `entities`. `reader` is the phone it is shown on: its person's language and
 * what a tap does (`command`, `follow` a link, `toast`).
 */
export function formatted(text, entities, reader) {
  return grow(text, 0, text.length, [...(entities ?? [])].sort(byNesting), reader);
}

function grow(text, from, to, entities, reader) {
  const grown = document.createDocumentFragment();
  let queue = entities;
  let at = from;
  while (queue.length) {
    const [entity, ...rest] = queue;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    const inside = rest.filter((other) => other.offset < end);
    // What crosses the end goes on behind it, as Telegram splits crossing entities.
    const tails = inside
      .filter((other) => other.offset + other.length > end)
      .map((other) => ({ ...other, offset: end, length: other.offset + other.length - end }));
    queue = [...tails, ...rest.filter((other) => other.offset >= end)];
    if (end <= start) continue;
    grown.append(text.slice(at, start));
    grown.append(wrap(entity, text.slice(start, end), grow(text, start, end, inside, reader), reader));
    // A block ends its line by itself: the line break behind it would draw an empty line.
    at = BLOCKS.includes(entity.type) && text[end] === "\n" ? end + 1 : end;
  }
  if (at < to) grown.append(text.slice(at, to));
  return grown;
}

const PLAIN = { bold: "b", italic: "i", underline: "u", strikethrough: "s", blockquote: "blockquote" };

function wrap(entity, raw, content, reader) {
  if (PLAIN[entity.type]) return el(PLAIN[entity.type], {}, content);
  switch (entity.type) {
    case "code":
      return tappable("code", {}, content, () => copied(raw, reader));
    case "pre":
      return el(
        "pre",
        { data: entity.language ? { language: entity.language } : {} },
        el("code", {}, content),
      );
    case "spoiler":
      return spoiler(content);
    case "expandable_blockquote":
      return expandable(content);
    case "text_link":
      return link(entity.url, content, reader);
    case "url":
      return link(/^[a-z][a-z\d+.-]*:/i.test(raw) ? raw : `https://${raw}`, content, reader);
    case "email":
      return link(`mailto:${raw}`, content, reader);
    case "phone_number":
      return link(`tel:${raw.replace(/[^\d+]/g, "")}`, content, reader);
    case "bot_command":
      return tappable("span", { class: "link" }, content, () => reader.command(raw));
    case "date_time":
      return moment(entity, content, reader);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return el("span", { class: "tag" }, content);
    default:
      return content;
  }
}

/** An inline thing that acts like a button, for the mouse and the keyboard; stays part of the line. */
function tappable(tag, props, content, act) {
  return el(
    tag,
    {
      ...props,
      role: "button",
      tabindex: "0",
      onclick: act,
      onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        act(event);
      },
    },
    content,
  );
}

async function copied(text, reader) {
  await copyText(text);
  reader.toast(say("copied"));
}

/** A link. One that starts this bot is played as START; only web, mail and phone links leave the page. */
export function link(url, content, reader, props = {}) {
  if (/^(https?|mailto|tel):/i.test(url) && !reader.startsBot(url)) {
    return el(
      "a",
      { href: url, target: "_blank", rel: "noopener noreferrer", title: url, ...props },
      content,
    );
  }
  return tappable("span", { class: "link", title: url, ...props }, content, () => reader.follow(url));
}

function spoiler(content) {
  const hidden = tappable(
    "span",
    { class: "spoiler", title: say("spoiler"), "aria-expanded": "false" },
    content,
    show,
  );
  // Capturing, so that the first tap uncovers a link and only the second follows it.
  hidden.addEventListener("click", show, { capture: true });
  function show(event) {
    if (hidden.classList.contains("shown")) return;
    event.stopPropagation();
    event.preventDefault();
    hidden.classList.add("shown");
    hidden.setAttribute("aria-expanded", "true");
    hidden.removeAttribute("title");
  }
  return hidden;
}

function expandable(content) {
  const body = el("div", { class: "quoted" }, content);
  const more = el(
    "button",
    { type: "button", class: "more", "aria-expanded": "false", onclick: toggle },
    say("showMore"),
  );
  const quote = el("blockquote", { class: "expandable" }, body, more);
  function toggle() {
    const open = quote.classList.toggle("open");
    more.textContent = say(open ? "showLess" : "showMore");
    more.setAttribute("aria-expanded", String(open));
  }
  drawn.observe(body);
  return quote;
}

// A short quote has nothing to expand, which only its drawn height tells: now, or when its phone is shown.
const drawn = new ResizeObserver((changes) => {
  for (const { target: body } of changes) {
    if (!body.clientHeight || body.parentElement.classList.contains("open")) continue;
    body.nextElementSibling.hidden = body.scrollHeight <= body.clientHeight + 1;
  }
});

function moment(entity, content, reader) {
  const shown = dateTime(entity.unix_time, entity.date_time_format, reader.language());
  const full = written(entity.unix_time, { ...DAY, year: "numeric", ...HOURS }, reader.language());
  return el(
    "time",
    { title: full, datetime: new Date(entity.unix_time * 1000).toISOString() },
    shown ?? content,
  );
}
