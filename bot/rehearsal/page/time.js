// The rehearsal's clock as the page sees it, and dates written in the forum's zone.
import { kazakhDate, kazakhRelative } from "./kazakh.js";
import { spoken } from "./words.js";

let clock = { now: Date.now() / 1000, zone: "UTC", moments: [] };
let read = Date.now();

/** Take the server's clock; between two readings it runs on by this machine's. */
export function setClock(latest) {
  clock = latest;
  read = Date.now();
}

/** The rehearsal's now, in unix seconds. */
export const now = () => clock.now + (Date.now() - read) / 1000;

export const moments = () => clock.moments ?? [];

export const zone = () => clock.zone;

const formats = new Map();

/** Intl formatters are slow to make: one for each language, zone and shape. */
function formatter(language, shape) {
  const key = `${language} ${clock.zone} ${JSON.stringify(shape)}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(language, { timeZone: clock.zone, ...shape }));
  }
  return formats.get(key);
}

const isKazakh = (language) => /^kk\b/i.test(language);

/** `unix` seconds in the forum's zone; `shape` is Intl.DateTimeFormat's, the language the page's. */
export function written(unix, shape, language = spoken()) {
  if (isKazakh(language)) return kazakhDate(unix, shape, clock.zone);
  try {
    if (/^en\b/i.test(language)) return english(unix, shape);
    return formatter(language, shape).format(unix * 1000);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // A person's Telegram may speak a code that Intl does not know.
    return formatter("en", shape).format(unix * 1000);
  }
}

/** "Sunday, 22 November": the order of a British date, and a comma after the day of the week. */
function english(unix, shape) {
  const parts = formatter("en-GB", shape).formatToParts(unix * 1000);
  return parts
    .map(({ type, value }, at) => (type === "literal" && parts[at - 1]?.type === "weekday" ? ", " : value))
    .join("");
}

export const HOURS = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
export const DAY = { weekday: "short", day: "numeric", month: "long" };

/** "14:05" */
export const hours = (unix) => written(unix, HOURS);

/** A key that is equal for two moments of one day of the forum: "2025-05-14". */
export const dayKey = (unix) => wall(unix).slice(0, 10);

/** Wall time in the forum's zone as a datetime-local field wants it: "2025-05-14T09:30". */
export function wall(unix) {
  const parts = {};
  const shape = { year: "numeric", month: "2-digit", day: "2-digit", ...HOURS };
  for (const { type, value } of formatter("en", shape).formatToParts(unix * 1000)) parts[type] = value;
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The unix second at which the forum's clocks show `local` ("2025-05-14T09:30"). */
export function unixOf(local) {
  const asUtc = Date.parse(`${local}Z`) / 1000;
  let guess = asUtc;
  // Twice: the first step may land on the other side of a change of summer time.
  for (let step = 0; step < 2; step += 1) guess -= Date.parse(`${wall(guess)}Z`) / 1000 - asUtc;
  return guess;
}

const UNITS = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

function relative(unix, language) {
  const away = Math.round(unix - now());
  const [unit, size] = UNITS.find(([, seconds]) => Math.abs(away) >= seconds) ?? UNITS.at(-1);
  const count = Math.round(away / size);
  if (isKazakh(language)) return kazakhRelative(count, unit);
  try {
    return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(count, unit);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(count, unit);
  }
}

/**
 * A Bot API date_time entity as the reader's Telegram writes it. `format` is `r` (relative) or
 * any of w (weekday), d / D (short / long date), t / T (short / long time); null when it is empty
 * and the bot's own text stays. https://core.telegram.org/bots/api#date-time-entity-formatting
 */
export function dateTime(unix, format, language) {
  if (!format) return null;
  if (format === "r") return relative(unix, language || spoken());
  const shape = {};
  if (format.includes("w")) shape.weekday = "long";
  if (format.includes("d")) Object.assign(shape, { day: "2-digit", month: "2-digit", year: "numeric" });
  if (format.includes("D")) Object.assign(shape, { day: "numeric", month: "long", year: "numeric" });
  if (/t/i.test(format)) Object.assign(shape, HOURS);
  if (format.includes("T")) shape.second = "2-digit";
  return written(unix, shape, language || spoken());
}
