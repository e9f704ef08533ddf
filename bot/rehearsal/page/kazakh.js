// Kazakh dates. Chromium ships no Kazakh names of days and months ("M11 21, Fri"), so they are here.

const DAYS = ["жексенбі", "дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі"];
const SHORT_DAYS = ["жс", "дс", "сс", "ср", "бс", "жм", "сб"];
const MONTHS = [
  "қаңтар",
  "ақпан",
  "наурыз",
  "сәуір",
  "мамыр",
  "маусым",
  "шілде",
  "тамыз",
  "қыркүйек",
  "қазан",
  "қараша",
  "желтоқсан",
];

/** Unit -> [with "ago", with "in"] */
const UNITS = {
  day: ["күн", "күннен"],
  hour: ["сағат", "сағаттан"],
  minute: ["минут", "минуттан"],
  second: ["секунд", "секундтан"],
};

/** `unix` seconds in Kazakh; `shape` and `timeZone` are Intl.DateTimeFormat's. */
export function kazakhDate(unix, shape, timeZone) {
  const numbers = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const day = new Date(`${numbers.format(unix * 1000)}T00:00Z`);
  const named = {
    weekday: (shape.weekday === "long" ? DAYS : SHORT_DAYS)[day.getUTCDay()],
    month: shape.month === "long" || shape.month === "short" ? MONTHS[day.getUTCMonth()] : null,
  };
  // Russian puts the parts in the order that Kazakh uses, too.
  const parts = new Intl.DateTimeFormat("ru", { timeZone, ...shape }).formatToParts(unix * 1000);
  return parts
    .map(
      ({ type, value }) =>
        named[type] ?? (type === "literal" ? value.replace(" г.", " ж.").replace(" в ", ", ") : value),
    )
    .join("");
}

/** "40 минуттан кейін", "2 сағат бұрын" */
export function kazakhRelative(count, unit) {
  if (count === 0) return "қазір";
  const [ago, later] = UNITS[unit];
  return count < 0 ? `${-count} ${ago} бұрын` : `${count} ${later} кейін`;
}
