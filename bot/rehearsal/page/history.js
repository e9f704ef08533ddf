// The list of messages in a phone: only its newest part is drawn, and it stays where the reader is.
import { el, icon } from "./dom.js";
import { bubble } from "./bubble.js";
import { dayKey, written, DAY } from "./time.js";
import { say } from "./words.js";

const PAGE = 80; // messages drawn at once; older ones when the reader scrolls up to them
const MOST = 3 * PAGE; // drawn at most while the reader stands at the end
const NEAR = 48; // px from the end that still count as standing there
const TOGETHER = 300; // s: messages of one sender within it stand close
const FADE = 220; // ms, as .gone in message.css takes

/** The scrolling list of one chat. `phone` is who looks; `onRead()` is called when the end is reached. */
export class History {
  #phone;
  #onRead;
  #list = el("div", { class: "list", role: "log", "aria-live": "polite" });
  #scroller = el("div", { class: "scroller", tabindex: "0" }, this.#list);
  #pill = el("button", { type: "button", class: "pill", hidden: true, onclick: () => this.toEnd() });
  #atEnd = true;
  #missed = 0;
  #place = null;
  #observer;
  /** Greatest scrollTop as last drawn, px. */
  #bottom = 0;

  constructor(phone, onRead) {
    this.#phone = phone;
    this.#onRead = onRead;
    this.root = el("div", { class: "history" }, this.#scroller, this.#pill);
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // Whatever changes a height (a message, a photo, the keyboard below), the end stays in sight.
    this.#observer = new ResizeObserver(() => this.#resized());
    this.#observer.observe(this.#list);
    this.#observer.observe(this.#scroller);
  }

  get atEnd() {
    return this.#atEnd;
  }

  /** Draw the phone's chat afresh, or again after its state was reloaded; `empty` is shown when it has no messages. */
  show(empty) {
    if (this.#place !== this.#phone.place) this.#atEnd = true;
    const keep = this.#atEnd ? null : this.#scroller.scrollTop;
    this.#place = this.#phone.place;
    const messages = this.#phone.messages();
    const drawn = this.#atEnd ? messages.slice(-PAGE) : messages.slice(-Math.max(PAGE, this.#nodes().length));
    this.#list.replaceChildren(...this.#items(drawn, null));
    this.#list.classList.toggle("empty", !messages.length);
    if (!messages.length) this.#list.append(empty);
    if (keep === null) this.toEnd();
    else this.#scroller.scrollTop = keep;
  }

  /** A new message: at the end. */
  add(message, own) {
    if (this.#list.classList.contains("empty")) {
      this.#list.classList.remove("empty");
      this.#list.replaceChildren();
    }
    const fresh = this.#items([message], this.#newest());
    fresh.at(-1).classList.add("fresh");
    this.#list.append(...fresh);
    if (own) this.#atEnd = true;
    if (this.#atEnd) this.#trim();
    else this.#miss(this.#missed + 1);
  }

  /** An edited message: in its place; one that is not drawn needs nothing. */
  edit(message) {
    const old = this.node(message.message_id);
    if (!old) return;
    const node = bubble(message, this.#phone, old.classList.contains("joined"));
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const place = focused ? [...old.querySelectorAll("button")].indexOf(focused) : -1;
    old.replaceWith(node);
    // The keyboard user who pressed a button stays at it while the bot edits the message.
    if (place >= 0) [...node.querySelectorAll("button")].at(place)?.focus({ preventScroll: true });
  }

  /** Deleted messages fade away; `empty` is shown when none are left. */
  remove(ids, empty) {
    for (const id of ids) {
      const node = this.node(id);
      if (!node) continue;
      node.classList.add("gone");
      node.inert = true;
      delete node.dataset.message;
      setTimeout(() => {
        const day = node.previousElementSibling;
        node.remove();
        const next = day?.nextElementSibling;
        if (day?.matches(".day") && (!next || next.matches(".day"))) day.remove();
        if (this.#list.isConnected && !this.#phone.messages().length) this.show(empty);
      }, FADE);
    }
  }

  /** The drawn node of a message, or null. */
  node(messageId) {
    return this.#list.querySelector(`[data-message="${messageId}"]`);
  }

  /** Scroll to a message and let it shine up; older ones are drawn until it is there. */
  goTo(messageId) {
    if (!this.#phone.message(messageId)) return;
    let node = this.node(messageId);
    while (!node && this.#older()) node = this.node(messageId);
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    this.#resized(false);
    this.#scrolled();
    node.classList.remove("shine");
    void node.offsetWidth; // a second visit starts the animation again
    node.classList.add("shine");
  }

  toEnd() {
    this.#atEnd = true;
    this.#resized();
    this.#miss(0);
    this.#onRead();
  }

  stop() {
    this.#observer.disconnect();
  }

  #nodes() {
    return this.#list.querySelectorAll("[data-message]");
  }

  #newest() {
    const last = [...this.#nodes()].at(-1);
    return last ? (this.#phone.message(Number(last.dataset.message)) ?? null) : null;
  }

  /** Nodes of `messages` with the days between them; `before` is the message above the first. */
  #items(messages, before) {
    const items = [];
    let above = before;
    for (const message of messages) {
      const sameDay = above && dayKey(above.date) === dayKey(message.date);
      if (!sameDay) items.push(el("div", { class: "day" }, el("span", {}, written(message.date, DAY))));
      const joined = sameDay && above.from?.id === message.from?.id && message.date - above.date < TOGETHER;
      items.push(bubble(message, this.#phone, joined && !above.new_chat_members));
      above = message;
    }
    return items;
  }

  /** Draw one more page above; false when the chat's beginning is reached. */
  #older() {
    const first = this.#nodes()[0];
    const messages = this.#phone.messages();
    const index = first
      ? messages.findIndex((message) => message.message_id === Number(first.dataset.message))
      : -1;
    if (index <= 0) return false;
    const start = Math.max(0, index - PAGE);
    const height = this.#list.scrollHeight;
    const top = this.#scroller.scrollTop;
    const day = this.#list.firstElementChild;
    const sameDay = dayKey(messages[index - 1].date) === dayKey(messages[index].date);
    if (day.matches(".day") && sameDay) day.remove();
    this.#list.prepend(...this.#items(messages.slice(start, index), null));
    this.#scroller.scrollTop = top + this.#list.scrollHeight - height;
    return true;
  }

  #trim() {
    const nodes = this.#nodes();
    if (nodes.length <= MOST) return;
    const first = nodes[nodes.length - PAGE];
    while (this.#list.firstElementChild !== first) this.#list.firstElementChild.remove();
  }

  #resized(follow = this.#atEnd) {
    this.#bottom = this.#scroller.scrollHeight - this.#scroller.clientHeight;
    if (follow) this.#scroller.scrollTop = this.#bottom;
  }

  #scrolled() {
    const { scrollTop, clientHeight, scrollHeight } = this.#scroller;
    // Against the height as last drawn: a message that came since this scroll was made is not
    // in sight yet, and is no sign of a reader who left the end. Nor is one that became shorter
    // by an edit, so that the browser itself moved the list.
    this.#atEnd = Math.min(this.#bottom, scrollHeight - clientHeight) - scrollTop < NEAR;
    if (this.#atEnd) {
      if (this.#missed) this.#miss(0);
      this.#onRead();
    } else if (scrollTop < clientHeight) {
      this.#older();
    }
  }

  #miss(count) {
    this.#missed = count;
    this.#pill.hidden = !count;
    this.#pill.replaceChildren(icon("down"), say("newMessages", { n: count }));
  }
}
