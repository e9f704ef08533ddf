// What a person can send besides text: files, a place, and the odd things a bot must bear.
import { el, iconButton } from "./dom.js";
import { ask } from "./dialogs.js";
import { openMenu } from "./menus.js";
import { say } from "./words.js";

const HERE = { latitude: 43.2973, longitude: 68.2718 }; // Turkistan, only a first proposal

/**
 * The paper clip of `phone` with its menu. `draft` reads and sets the text in the field: it
 * becomes the caption of a file and the text of a forwarded message.
 */
export class Attach {
  #phone;
  #draft;
  #photo = this.#input("photo", "image/*,video/*", say("photo"));
  #document = this.#input("document", null, say("file"));
  #button = iconButton("clip", say("attach"), { "aria-haspopup": "menu", data: { action: "attach" } });

  constructor(phone, draft) {
    this.#phone = phone;
    this.#draft = draft;
    this.#button.addEventListener("click", () => openMenu(this.#button, this.#items(), phone.root));
  }

  /** The clip and the hidden file fields. */
  get nodes() {
    return [this.#button, this.#photo, this.#document];
  }

  /** Ask for coordinates and send them. */
  askLocation() {
    const number = { type: "number", step: "any", required: true };
    const { latitude, longitude } = HERE;
    ask({
      title: say("location"),
      submit: say("send"),
      fields: [
        { name: "latitude", label: say("latitude"), value: latitude, min: -90, max: 90, ...number },
        { name: "longitude", label: say("longitude"), value: longitude, min: -180, max: 180, ...number },
      ],
      act: (form) => {
        const degrees = (name) => Number(form.get(name));
        return this.#phone.sendOrThrow({
          location: { latitude: degrees("latitude"), longitude: degrees("longitude") },
        });
      },
    });
  }

  #input(name, accept, label) {
    const input = el("input", { type: "file", name, accept, multiple: true, hidden: true, "aria-label": label });
    input.addEventListener("change", () => this.#upload(input));
    return input;
  }

  #items() {
    const item = (name, drawing, act, action = name) => ({
      label: say(name),
      icon: drawing,
      data: { action },
      act,
    });
    const send = (body) => () => this.#phone.send(body);
    return [
      item("photo", "photo", () => this.#photo.click()),
      item("file", "file", () => this.#document.click(), "document"),
      item("location", "pin", () => this.askLocation()),
      item("contact", "person", send({ contact: true })),
      item("sticker", "sticker", send({ sticker: true })),
      item("voice", "voice", send({ voice: true })),
      item("forward", "forward", () => this.#forward()),
    ];
  }

  /** Several files are an album; the caption goes with its first. */
  async #upload(input) {
    const files = [...input.files];
    const album = files.length > 1 ? String(Date.now()) : "";
    let caption = this.#draft.read().trim();
    input.value = ""; // the same file can be chosen again
    for (const file of files) {
      const form = new FormData();
      form.set(sentAs(input.name, file.type), file);
      if (caption) form.set("caption", caption);
      if (album) form.set("album", album);
      if (!(await this.#phone.send(form))) return;
      if (caption) this.#draft.set("");
      caption = "";
    }
  }

  async #forward() {
    const text = this.#draft.read().trim() || say("forwardSample");
    if (await this.#phone.send({ text, forward: true })) this.#draft.set("");
  }
}

/** As Telegram's apps do: what plays goes out as what it is, whichever way it was chosen. */
function sentAs(chosen, type) {
  const kind = type.split("/")[0];
  if (kind === "audio") return kind;
  return chosen === "photo" && kind === "video" ? kind : chosen;
}
