// The guided tour: a strip that says which phone and what to tap, and sees in the world when it is done.
import { el, iconButton } from "./dom.js";
import { eventsSince } from "./doors.js";
import { keep, kept } from "./kept.js";
import { say, spoken } from "./words.js";

/**
 * The strip in `root`. `hooks`: `inView(person)`, `show(person)`, `clockShown()`, `showClock()`, and `changed()` when
 * another phone is meant. How far the tour is stands in `kept.tour`: {world, step, move, seq: the last event before
 * this move, pressed: the message whose button was pressed, over}.
 */
export class Tour {
  #root;
  #world;
  #hooks;
  #plan = null;
  #seq = 0;
  /** Events that came while those of the time before a reload are read; null when none are. */
  #late = null;
  #finished = false;
  /** What the strip shows, so that it is drawn (and read out) again only when it changes. */
  #drawn = "";

  constructor(root, world, hooks) {
    this.#root = root;
    this.#world = world;
    this.#hooks = hooks;
  }

  get running() {
    return Boolean(this.#plan) && Boolean(kept.tour) && !kept.tour.over;
  }

  /** Whether this rehearsal has a tour at all. */
  get exists() {
    return Boolean(this.#plan);
  }

  /** The phone that is to be used now, or null. */
  get person() {
    return this.#move?.person ?? null;
  }

  /** The page knows the world (again). */
  async load({ tour, world, seq }) {
    const from = kept.tour?.seq ?? seq;
    this.#plan = tour;
    this.#seq = seq;
    const elsewhere = kept.tour?.world !== world;
    if (tour && (!kept.tour || (elsewhere && !kept.tour.over))) this.start(world);
    else if (this.running && from < seq) await this.#catchUp(from, seq);
    this.#look();
  }

  /** From the beginning, also when it was ended. */
  start(world = this.#world.id) {
    this.#finished = false;
    keep({ tour: { world, step: 0, move: 0, seq: this.#seq, pressed: null, over: false } });
    this.#look();
  }

  end() {
    this.#finished = false;
    keep({ tour: { ...kept.tour, over: true } });
    this.draw();
    this.#hooks.changed();
  }

  /** Something happened; the world knows it already. */
  take(event) {
    if (this.#late) {
      this.#late.push(event);
      return;
    }
    this.#seq = event.seq;
    const { press } = this.#move?.until ?? {};
    if (press && event.type === "press" && new RegExp(press).test(event.data)) {
      keep({ tour: { ...kept.tour, pressed: event.message_id } });
    } else if (this.#move && this.#done(event)) {
      this.#go(kept.tour.step, kept.tour.move + 1);
    } else if (event.type === "person") this.#look();
  }

  /** The strip again: words, the phone in view or another changed. */
  draw() {
    const move = this.#move;
    const instead = this.running ? this.#plan.instead : null;
    this.#root.hidden = !move && !instead && !this.#finished;
    if (this.#root.hidden) {
      this.#drawn = "";
      return;
    }
    const steps = this.#plan.steps;
    const at = this.#finished ? steps.length : kept.tour.step;
    const words = move ? move.say[spoken()] : instead ? instead[spoken()] : say("tourDone");
    const title = move ? `${at + 1}/${steps.length} · ${steps[at].title[spoken()]}` : say("tour");
    const away = move && !this.#hooks.inView(move.person);
    const clock = move?.clock && !this.#hooks.clockShown();
    const look = JSON.stringify([title, words, Boolean(away), Boolean(clock), this.#finished]);
    if (look === this.#drawn) return;
    this.#drawn = look;
    const focused = this.#root.contains(document.activeElement) ? document.activeElement.dataset.action : null;
    this.#root.setAttribute("aria-label", say("tour"));
    this.#root.replaceChildren(
      el("p", { role: "status" }, el("b", {}, title), " ", el("span", { data: { tour: "words" } }, words)),
      el(
        "div",
        { class: "choices" },
        el("span", { class: "dots", "aria-hidden": "true" }, steps.map((_, one) => el("i", { class: one < at ? "done" : one === at ? "now" : "" }))),
        clock ? this.#button("tour-clock", say("tourClock"), () => this.#hooks.showClock(), "strong") : null,
        away ? this.#button("tour-phone", say("tourPhone"), () => this.#hooks.show(move.person), clock ? "plain" : "strong") : null,
        this.#finished ? this.#button("tour-again", say("tourAgain"), () => this.start(), "plain") : null,
        move ? this.#button("tour-skip", say("tourSkip"), () => this.#go(kept.tour.step + 1, 0), "plain") : null,
        iconButton("close", say("tourEnd"), { data: { action: "tour-end" }, onclick: () => this.end() }),
      ),
    );
    if (focused) (this.#root.querySelector(`[data-action="${focused}"]`) ?? this.#root.querySelector("button")).focus();
  }

  #button(action, label, act, kind) {
    return el("button", { type: "button", class: kind, data: { action }, onclick: act }, label);
  }

  get #move() {
    if (!this.running) return null;
    return this.#plan.steps[kept.tour.step]?.moves[kept.tour.move] ?? null;
  }

  /** Go on with a move; past the last of a step the next step comes, past the last step the end. */
  #go(step, move) {
    const { steps } = this.#plan;
    const next = move < steps[step]?.moves.length ? { step, move } : { step: move ? step + 1 : step, move: 0 };
    this.#finished = next.step >= steps.length;
    keep({ tour: { ...kept.tour, ...next, seq: this.#seq, pressed: null, over: this.#finished } });
    this.#look();
  }

  /** What is done before anything happens is passed over: a menu that is there already. */
  #look() {
    const move = this.#move;
    if (move?.until.menu && this.#world.people.get(move.person)?.keyboard) {
      this.#go(kept.tour.step, kept.tour.move + 1);
      return;
    }
    this.draw();
    this.#hooks.changed();
  }

  #done({ type, chat_id: chatId, message }) {
    const { chat, press, button, lacks, text, menu } = this.#move.until;
    if (menu || (type !== "message" && type !== "edit") || message.from?.id !== this.#world.bot.id) return false;
    if (chat && chat !== chatId) return false;
    if (press && kept.tour.pressed === null) return false;
    if (lacks && message.message_id !== kept.tour.pressed) return false;
    const rows = message.reply_markup?.inline_keyboard ?? [];
    const has = (pattern) => rows.flat().some((key) => new RegExp(pattern).test(key.callback_data ?? ""));
    return (!button || has(button)) && (!lacks || !has(lacks)) && (!text || (message.text ?? "").includes(text));
  }

  /** What happened between the move's beginning and this reload; the stream goes on after `until`. */
  async #catchUp(from, until) {
    this.#late = [];
    const missed = await eventsSince(from);
    const late = this.#late;
    this.#late = null;
    for (const event of missed.filter(({ seq }) => seq <= until)) this.take(event);
    for (const event of late) this.take(event);
  }
}
