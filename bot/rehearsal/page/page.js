// The page: joins the world, the phones and the bar, and follows the server.
import { el, icon, iconButton } from "./dom.js";
import { follow } from "./doors.js";
import { ClockRow, FloodSwitch } from "./bar.js";
import { keep, kept } from "./kept.js";
import { CallLog } from "./log.js";
import { openMenu } from "./menus.js";
import { closable } from "./dismiss.js";
import { askGroup, askPerson, drawPeople } from "./people.js";
import { Phone } from "./phone.js";
import { Tour } from "./tour.js";
import { LANGUAGES, say, speak, spoken } from "./words.js";
import { World } from "./world.js";

const NOTE = 5000; // ms
const narrow = matchMedia("(max-width: 720px)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const part = (id) => document.getElementById(id);

const world = new World();
const phones = new Map();
const tour = new Tour(part("tour"), world, {
  inView,
  show: (id) => (shown(id) ? bring(id) : choose(id)),
  clockShown: directing,
  showClock: () => direct(true),
  changed: () => mean(),
});
let clock, flood, log;
/** Forgets the open log on a narrow screen, where it covers the page. */
let logClosed = null;

/** On a narrow screen one phone is shown, on a wide one all that are not hidden. */
function shown(id) {
  return narrow.matches ? id === kept.current : !kept.hidden.includes(id);
}

function layOut() {
  const ids = [...world.people.keys()];
  if (!ids.includes(kept.current)) kept.current = ids[0] ?? null;
  for (const [id, phone] of phones) {
    phone.root.hidden = !shown(id);
    phone.seen();
  }
  part("nobody").hidden = ids.some(shown) || !ids.length;
  people();
  tour.draw();
}

function people() {
  drawPeople(part("people"), { world, phones, shown, meant: tour.person, choose: tapped, add });
}

/** A tab was tapped: on a wide screen it hides and shows its phone, and brings one that is out of sight. */
function tapped(id) {
  if (!narrow.matches && shown(id) && !inView(id)) bring(id);
  else if (!narrow.matches && shown(id)) {
    keep({ hidden: [...kept.hidden, id] });
    layOut();
  } else choose(id);
}

function choose(id) {
  if (narrow.matches) keep({ current: id });
  else keep({ hidden: kept.hidden.filter((other) => other !== id) });
  layOut();
  bring(id);
}

function bring(id) {
  phones.get(id)?.root.scrollIntoView({ block: "nearest", inline: "nearest" });
  part("people").querySelector(`[data-tab="${id}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  tour.draw();
}

/** Whether a phone is in sight as a whole. */
function inView(id) {
  const phone = phones.get(id)?.root;
  if (!phone || phone.hidden) return false;
  const all = part("phones").getBoundingClientRect();
  const { left, right } = phone.getBoundingClientRect();
  return left >= all.left - 1 && right <= all.right + 1;
}

/** Mark the phone that the tour means. */
function mean() {
  for (const [id, phone] of phones) phone.root.classList.toggle("meant", id === tour.person);
  people();
}

function directing() {
  return kept.director ?? !narrow.matches;
}

/** Fold the director's controls away, or unfold them; `open` is remembered when it was somebody's choice. */
function direct(open) {
  if (open !== undefined) keep({ director: open });
  document.body.classList.toggle("directing", directing());
  part("tools").querySelector("[data-action=director]").setAttribute("aria-expanded", String(directing()));
  tour.draw();
}

function add(anchor) {
  const welcome = (person) => {
    keep({ current: person.id, hidden: kept.hidden.filter((id) => id !== person.id) });
    if (world.people.has(person.id)) layOut();
    phones.get(person.id)?.root.scrollIntoView({ inline: "end" });
  };
  const items = [
    {
      label: say("addPerson"),
      icon: "person",
      data: { action: "add-person" },
      act: () => askPerson(welcome),
    },
    { label: say("addGroup"), icon: "group", data: { action: "add-group" }, act: () => askGroup(world) },
  ];
  openMenu(anchor, items, document.body);
}

/** A phone for everybody, none for those who are gone. */
function populate() {
  for (const [id, phone] of phones) {
    if (world.people.has(id)) continue;
    phone.stop();
    phones.delete(id);
  }
  const hide = (phone) => choose(phone.id);
  for (const id of world.people.keys()) {
    if (phones.has(id)) continue;
    const phone = new Phone(world, id, { unread: people, hide });
    phones.set(id, phone);
    part("phones").append(phone.root);
  }
  layOut();
  mean();
  if (narrow.matches) part("people").querySelector('[aria-pressed="true"]')?.scrollIntoView({ inline: "nearest" });
}

function concerns(event, phone) {
  if (event.type === "bot") return true;
  if (event.type === "person") return event.person.id === phone.id;
  if (event.type === "answer") return event.person === phone.id;
  const chatId = event.type === "chat" ? event.chat.id : event.chat_id;
  return chatId === phone.id || Boolean(world.chats.get(chatId)?.members.includes(phone.id));
}

function onEvent(event) {
  world.apply(event);
  tour.take(event);
  if (event.type === "call") return log.add(event);
  if (event.type === "clock") return clock.update();
  if (event.type === "flood") return weather();
  if (event.type === "person") event.person && !phones.has(event.person.id) ? populate() : people();
  if (event.type === "bot") title();
  for (const phone of phones.values()) if (concerns(event, phone)) phone.take(event);
}

function onState(state) {
  world.load(state);
  part("lost").hidden = true;
  title();
  for (const [id, phone] of phones) if (world.people.has(id)) phone.reload();
  populate();
  clock.update();
  weather();
  tour.load(state).then(() => (part("tools").querySelector("[data-action=tour]").hidden = !tour.exists));
}

function weather() {
  flood.update();
  part("tools").querySelector("[data-action=director]").classList.toggle("stormy", world.flood.on);
}

function title() {
  const name = world.bot.first_name ?? "";
  document.title = `${name} · ${say("page")}`;
  part("brand").replaceChildren(
    icon("shanyrak"),
    el("div", {}, el("h1", {}, name), el("small", {}, say("page"))),
  );
}

function complain(words) {
  const note = el("div", { class: "toast warning", role: "alert" }, words);
  part("notes").append(note);
  setTimeout(() => note.remove(), NOTE);
}

function isDark() {
  return kept.theme ? kept.theme === "dark" : dark.matches;
}

function paint() {
  if (kept.theme) document.documentElement.dataset.theme = kept.theme;
}

/** Everything that carries the page's own words; again when their language changes. */
function build() {
  speak([kept.words, ...navigator.languages].filter(Boolean));
  title();
  part("lost").textContent = say("lost");
  part("nobody").textContent = say("noPhones");
  part("phones").setAttribute("aria-label", say("people"));
  tools();
  controls();
  direct();
  clock = new ClockRow(part("time"), part("tools").querySelector("[data-action=director] b"), complain);
  log = new CallLog(part("log"), world, { counted: errors, close: () => openLog(false) });
}

/** What is always in sight: the page's language, the tour, and the way to the director's controls. */
function tools() {
  const words = el(
    "select",
    { name: "words", title: say("words"), "aria-label": say("words") },
    Object.entries(LANGUAGES).map(([code, name]) => el("option", { value: code, selected: code === spoken() }, name)),
  );
  words.addEventListener("change", () => {
    keep({ words: words.value });
    respeak();
  });
  const start = iconButton("tour", say("tourStart"), {
    hidden: !tour.exists,
    data: { action: "tour" },
    onclick: () => tour.start(),
  });
  const director = iconButton("clock", say("director"), {
    "aria-controls": "weather time",
    "aria-expanded": "false",
    data: { action: "director" },
    onclick: () => direct(!directing()),
  });
  director.prepend(el("b"));
  director.append(icon("down"));
  part("tools").replaceChildren(words, start, director);
}

/** The director's controls but for the clock. */
function controls() {
  const floodRoot = el("div", { class: "flood" });
  flood = new FloodSwitch(floodRoot, world, complain);
  const logButton = el(
    "button",
    {
      type: "button",
      class: "chip",
      "aria-expanded": String(!part("log").hidden),
      "aria-controls": "log",
      data: { action: "log" },
      onclick: () => openLog(part("log").hidden),
    },
    icon("log"),
    say("log"),
    el("span", { class: "badge", hidden: true }),
  );
  const theme = iconButton("theme", say("theme"), { data: { action: "theme" } });
  theme.addEventListener("click", () => {
    keep({ theme: isDark() ? "light" : "dark" });
    paint();
  });
  part("weather").replaceChildren(floodRoot, logButton, theme);
}

/** Another language of the page: every phone anew, at the chat that was open. */
function respeak() {
  const open = [...phones].map(([id, phone]) => [id, phone.chatId, phone.topic]);
  for (const phone of phones.values()) phone.stop();
  phones.clear();
  build();
  populate();
  for (const [id, chatId, topic] of open) phones.get(id)?.open(chatId, topic);
}

function openLog(open) {
  part("log").hidden = !open;
  part("weather").querySelector("[data-action=log]").setAttribute("aria-expanded", String(open));
  logClosed?.();
  logClosed = open && narrow.matches ? closable([part("log")], () => openLog(false)) : null;
  log.draw();
}

function errors(count) {
  const badge = part("weather").querySelector("[data-action=log] .badge");
  badge.hidden = !count;
  badge.textContent = String(count);
}

paint();
build();
narrow.addEventListener("change", () => {
  direct();
  layOut();
});
part("phones").addEventListener("scroll", () => tour.draw(), { passive: true });
addEventListener("resize", () => tour.draw());
part("log").addEventListener("keydown", ({ key }) => key === "Escape" && openLog(false));
document.addEventListener("visibilitychange", () => phones.forEach((phone) => phone.seen()));
setInterval(() => clock.tick(), 250);
follow({ onState, onEvent, onLost: () => (part("lost").hidden = false) });
