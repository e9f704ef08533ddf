// The page: joins the world, the phones and the bar, and follows the server.
import { el, icon, iconButton } from "./dom.js";
import { follow } from "./doors.js";
import { ClockRow, FloodSwitch } from "./bar.js";
import { keep, kept } from "./kept.js";
import { CallLog } from "./log.js";
import { openMenu } from "./menus.js";
import { askGroup, askPerson, drawPeople } from "./people.js";
import { Phone } from "./phone.js";
import { LANGUAGES, say, speak, spoken } from "./words.js";
import { World } from "./world.js";

const NOTE = 5000; // ms
const narrow = matchMedia("(max-width: 720px)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const part = (id) => document.getElementById(id);

const world = new World();
const phones = new Map();
let clock, flood, log;

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
}

function people() {
  drawPeople(part("people"), { world, phones, shown, choose, add });
}

function choose(id) {
  if (narrow.matches) keep({ current: id });
  else keep({ hidden: shown(id) ? [...kept.hidden, id] : kept.hidden.filter((other) => other !== id) });
  layOut();
  if (shown(id)) phones.get(id).root.scrollIntoView({ block: "nearest", inline: "nearest" });
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
  if (event.type === "call") return log.add(event);
  if (event.type === "clock") return clock.update();
  if (event.type === "flood") return flood.update();
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
  flood.update();
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
  clock = new ClockRow(part("time"), part("narrow").querySelector("b"), complain);
  log = new CallLog(part("log"), world, { counted: errors, close: () => openLog(false) });
}

function tools() {
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
  const words = el(
    "select",
    { name: "words", title: say("words"), "aria-label": say("words") },
    Object.entries(LANGUAGES).map(([code, name]) =>
      el("option", { value: code, selected: code === spoken() }, name),
    ),
  );
  words.addEventListener("change", () => {
    keep({ words: words.value });
    respeak();
  });
  const theme = iconButton("theme", say("theme"), { data: { action: "theme" } });
  theme.addEventListener("click", () => {
    keep({ theme: isDark() ? "light" : "dark" });
    paint();
  });
  part("tools").replaceChildren(floodRoot, logButton, words, theme);
  const toggle = (id, name, label) => {
    const button = iconButton(name, label, {
      "aria-controls": id,
      "aria-expanded": "false",
      data: { action: name },
    });
    button.addEventListener("click", () =>
      button.setAttribute("aria-expanded", String(part(id).classList.toggle("open"))),
    );
    return button;
  };
  const time = toggle("time", "clock", say("clock"));
  time.removeAttribute("aria-label"); // the time itself is its name, the title tells the rest
  time.append(el("b"));
  part("narrow").replaceChildren(time, toggle("tools", "more", say("tools")));
}

function respeak() {
  const drafts = new Map([...phones].map(([id, phone]) => [id, phone.draft]));
  for (const phone of phones.values()) phone.stop();
  phones.clear();
  build();
  populate();
  for (const [id, phone] of phones) phone.draft = drafts.get(id) ?? "";
}

function openLog(open) {
  part("log").hidden = !open;
  part("tools").querySelector("[data-action=log]").setAttribute("aria-expanded", String(open));
  log.draw();
}

function errors(count) {
  const badge = part("tools").querySelector("[data-action=log] .badge");
  badge.hidden = !count;
  badge.textContent = String(count);
}

paint();
build();
narrow.addEventListener("change", layOut);
document.addEventListener("visibilitychange", () => phones.forEach((phone) => phone.seen()));
setInterval(() => clock.tick(), 250);
follow({ onState, onEvent, onLost: () => (part("lost").hidden = false) });
