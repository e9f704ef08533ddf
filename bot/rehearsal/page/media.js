// What a message carries besides text: photos, files, places, and marks for what is not drawn.
import { el, icon, fullName } from "./dom.js";
import { fileUrl } from "./doors.js";
import { link } from "./entities.js";
import { showPhoto } from "./dialogs.js";
import { spoken, say } from "./words.js";

const MAP = "https://www.openstreetmap.org/";
const BUBBLE_PHOTO = 800; // px: sharp on a dense screen in the widest bubble

/** The nodes of a message's attachments, an empty list when it has none. */
export function attachments(message, reader) {
  const drawn = [];
  if (message.photo) drawn.push(photo(message.photo));
  if (message.venue) drawn.push(place(message.venue.location, reader, message.venue));
  else if (message.location) drawn.push(place(message.location, reader));
  if (message.contact) drawn.push(contact(message.contact));
  if (message.sticker) drawn.push(sticker(message.sticker));
  if (message.voice) drawn.push(voice(message.voice));
  const file = message.document ?? message.video ?? message.audio ?? message.animation;
  if (file) drawn.push(download(file));
  return drawn;
}

function photo(sizes) {
  const bySize = [...sizes].sort((a, b) => a.width - b.width);
  const shown = bySize.find((size) => size.width >= BUBBLE_PHOTO) ?? bySize.at(-1);
  const full = fileUrl(bySize.at(-1).file_id);
  const picture = el("img", {
    src: fileUrl(shown.file_id),
    alt: say("photo"),
    // The ratio is known before the bytes are, so nothing jumps when they come.
    width: shown.width,
    height: shown.height,
    loading: "lazy",
  });
  return el(
    "button",
    { type: "button", class: "photo", "aria-label": say("photo"), onclick: () => showPhoto(full) },
    picture,
  );
}

function card(drawing, title, detail, props = {}, tag = "div") {
  return el(
    tag,
    { class: "card", ...props },
    el("span", { class: "disc" }, icon(drawing)),
    el("span", { class: "lines" }, el("b", { dir: "auto" }, title), el("small", {}, detail)),
  );
}

/** "1.4 MB" in the page's language. */
function size(bytes) {
  if (!Number.isFinite(bytes)) return "";
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const step = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)), units.length - 1);
  // "857 bytes", not the short "857 byte" of a singular; the larger units have symbols.
  const unitDisplay = step ? "short" : "long";
  const shape = { style: "unit", unit: units[step], unitDisplay, maximumFractionDigits: step ? 1 : 0 };
  return new Intl.NumberFormat(spoken(), shape).format(bytes / 1024 ** step);
}

function download(file) {
  const name = file.file_name ?? say("file");
  const target = { href: fileUrl(file.file_id), download: name, title: say("download") };
  return card("file", name, size(file.file_size), target, "a");
}

function place({ latitude, longitude }, reader, venue) {
  const where = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const map = `${MAP}?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  const lines = venue ? [venue.title, `${venue.address} · ${where}`] : [say("location"), where];
  return el(
    "div",
    { class: "place" },
    card("pin", ...lines),
    link(map, say("openMap"), reader, { class: "more" }),
  );
}

function contact(person) {
  return card("person", fullName(person), person.phone_number);
}

function sticker({ emoji }) {
  return el("div", { class: "sticker", role: "img", "aria-label": say("sticker") }, emoji || icon("sticker"));
}

/** A voice message has no sound here: its length and a wave that is the same each time. */
function voice({ duration = 0 }) {
  const bars = Array.from({ length: 28 }, (_, index) => {
    const bar = el("i");
    bar.style.height = `${20 + Math.round(Math.abs(Math.sin(index * 1.7) * Math.cos(index * 0.6)) * 80)}%`;
    return bar;
  });
  const length = `${Math.floor(duration / 60)}:${String(Math.round(duration % 60)).padStart(2, "0")}`;
  return el(
    "div",
    { class: "card", role: "img", "aria-label": `${say("voice")} ${length}` },
    el("span", { class: "disc" }, icon("voice")),
    el("span", { class: "wave" }, bars),
    el("small", {}, length),
  );
}
