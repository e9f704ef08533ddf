// The bar above the phones: the forum's clock and the 429 switch.
import { el, icon } from "./dom.js";
import { door, Refused } from "./doors.js";
import { moments, now, written, hours, wall, unixOf, zone, DAY, HOURS } from "./time.js";
import { say, spoken } from "./words.js";

const STEPS = [
  [60, "minutes", 1],
  [300, "minutes", 5],
  [600, "minutes", 10],
  [3600, "hours", 1],
];

/** Run a door of the bar; a refusal is shown by `complain(words)`. */
async function run(path, body, complain) {
  try {
    await door(path, body);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    complain(error.message);
  }
}

/**
 * The clock's row: time, steps, a date-time field, and the moments one can jump to. `short` is a
 * node elsewhere that shows hours and minutes; `complain(words)` tells of a refusal.
 */
export class ClockRow {
  #date = el("span", { class: "date" });
  #time = el("b", { class: "hours" });
  #field = el("input", {
    type: "datetime-local",
    required: true,
    "aria-label": say("dateTime"),
    name: "clock",
  });
  #moments = el("div", { class: "moments", role: "group", "aria-label": say("moments") });
  #drawn = "";
  #short;

  constructor(root, short, complain) {
    this.#short = short;
    const set = (body) => run("clock", body, complain);
    const steps = STEPS.map(([by, unit, n]) =>
      el("button", { type: "button", data: { step: by }, onclick: () => set({ by }) }, say(unit, { n })),
    );
    const form = el(
      "form",
      { class: "set" },
      this.#field,
      el("button", { type: "submit", data: { action: "set-clock" } }, say("goTo")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      set({ to: unixOf(this.#field.value) });
    });
    this.#moments.addEventListener("click", ({ target }) => {
      const at = target.closest("[data-moment]")?.dataset.moment;
      if (at) set({ to: Number(at) });
    });
    root.replaceChildren(
      el(
        "div",
        { class: "clock", role: "timer", "aria-label": say("clock") },
        icon("clock"),
        this.#time,
        this.#date,
      ),
      el("div", { class: "steps", role: "group", "aria-label": say("clock") }, steps),
      form,
      this.#moments,
    );
    this.update();
  }

  /** The clock was moved, or its moments are others. */
  update() {
    this.tick();
    if (document.activeElement !== this.#field) this.#field.value = wall(now());
    const chips = moments().map(({ label, at }) => {
      const words = label[spoken()] ?? label;
      return el(
        "button",
        {
          type: "button",
          class: at < now() ? "past" : "",
          data: { moment: at },
          title: `${written(at, { ...DAY, ...HOURS })} · ${words}`,
        },
        el("b", {}, hours(at)),
        el("span", { dir: "auto" }, words),
      );
    });
    this.#moments.replaceChildren(
      ...(chips.length ? [el("span", { class: "to" }, say("moments")), ...chips] : []),
    );
    this.#drawn = "";
  }

  /** A second went by. */
  tick() {
    const at = now();
    const text = written(at, { ...HOURS, second: "2-digit" });
    if (text === this.#drawn) return;
    this.#drawn = text;
    this.#time.textContent = text;
    this.#short.textContent = hours(at);
    this.#date.textContent = `${written(at, DAY)} · ${zone().split("/").at(-1).replaceAll("_", " ")}`;
  }
}

/** The switch that makes Telegram answer 429. */
export class FloodSwitch {
  #world;
  #button;
  #seconds = el("input", {
    type: "number",
    min: 1,
    max: 3600,
    value: 5,
    name: "retry_after",
    "aria-label": say("retryAfter"),
    title: say("retryAfter"),
  });

  constructor(root, world, complain) {
    this.#world = world;
    const set = (on) => run("flood", { on, retry_after: Number(this.#seconds.value) || 1 }, complain);
    this.#button = el(
      "button",
      {
        type: "button",
        role: "switch",
        class: "switch",
        title: say("floodHint"),
        data: { action: "flood" },
        onclick: () => set(!this.#world.flood.on),
      },
      el("span", { class: "track" }),
      say("flood"),
    );
    this.#seconds.addEventListener("change", () => this.#world.flood.on && set(true));
    root.replaceChildren(this.#button, el("label", { class: "seconds" }, this.#seconds, say("seconds")));
    this.update();
  }

  update() {
    const { on, retry_after: seconds } = this.#world.flood;
    this.#button.setAttribute("aria-checked", String(on));
    if (seconds && document.activeElement !== this.#seconds) this.#seconds.value = seconds;
  }
}
