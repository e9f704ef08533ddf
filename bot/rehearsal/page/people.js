// The strip of people: tabs on a phone, switches that show and hide phones on a laptop.
import { el, avatar, icon, fullName } from "./dom.js";
import { ask } from "./dialogs.js";
import { door } from "./doors.js";
import { LANGUAGES, say } from "./words.js";

const ROLES = ["delegate", "moderator", "organizer", ""];

/**
 * Draw the strip. `phones`: id -> Phone; `shown(id)`: is it in sight; `meant`: whose phone the tour means;
 * `choose(id)`, `add(anchor)`.
 */
export function drawPeople(root, { world, phones, shown, meant, choose, add }) {
  root.setAttribute("aria-label", say("people"));
  const focused = root.contains(document.activeElement) ? document.activeElement.dataset : null;
  const tabs = [...world.people.values()].map((person) => {
    const unread = phones.get(person.id)?.unread ?? 0;
    return el(
      "button",
      {
        type: "button",
        class: ["tab", person.blocked && "blocked", person.id === meant && "meant"].filter(Boolean).join(" "),
        "aria-pressed": String(shown(person.id)),
        title: fullName(person),
        data: { tab: person.id },
        onclick: () => choose(person.id),
      },
      avatar(person),
      el("span", { class: "name", dir: "auto" }, person.first_name),
      unread
        ? el(
            "span",
            { class: "badge", "aria-label": say("unread", { n: unread }) },
            unread > 99 ? "99+" : unread,
          )
        : null,
    );
  });
  const plus = el(
    "button",
    {
      type: "button",
      class: "tab add",
      title: say("addPerson"),
      "aria-haspopup": "menu",
      data: { action: "add" },
    },
    el("span", { class: "avatar" }, icon("plus")),
    el("span", { class: "name" }, say("add")),
  );
  plus.addEventListener("click", () => add(plus));
  root.replaceChildren(...tabs, plus);
  // Whoever walks through the strip by keys stays where they were.
  const again = focused?.tab ? `[data-tab="${focused.tab}"]` : focused && "[data-action=add]";
  if (again) root.querySelector(again)?.focus({ preventScroll: true });
}

/** Ask for a new person; `done(person)`. */
export function askPerson(done) {
  const languages = [...Object.entries(LANGUAGES), ["", say("other")]];
  ask({
    title: say("addPerson"),
    submit: say("add"),
    fields: [
      { name: "first_name", label: say("firstName"), required: true, maxlength: 64, autofocus: true },
      { name: "last_name", label: say("lastName"), maxlength: 64 },
      {
        name: "username",
        label: say("username"),
        pattern: "@?[A-Za-z][A-Za-z0-9_]{3,31}",
        spellcheck: "false",
      },
      { name: "language", label: say("language"), options: languages },
      { name: "other", label: say("languageCode"), maxlength: 35, placeholder: "de", class: "when-other" },
      { name: "role", label: say("role"), options: ROLES.map((role) => [role, say(role || "guest")]) },
    ],
    act: async (form) => {
      const value = (name) => form.get(name).trim();
      const person = {
        first_name: value("first_name"),
        language_code: value("language") || value("other") || "en",
        role: value("role"),
      };
      if (value("last_name")) person.last_name = value("last_name");
      if (value("username")) person.username = value("username").replace("@", "");
      done(await door("people", person));
    },
  });
}

/** Ask for a new group of people and the bot. */
export function askGroup(world) {
  ask({
    title: say("addGroup"),
    submit: say("create"),
    fields: [
      { name: "title", label: say("groupTitle"), required: true, maxlength: 128, autofocus: true },
      {
        name: "members",
        label: say("members"),
        checks: [...world.people.values()].map((person) => [person.id, fullName(person)]),
      },
      { name: "forum", checks: [["1", say("topics"), false]] },
    ],
    act: (form) =>
      door("groups", {
        title: form.get("title").trim(),
        members: form.getAll("members").map(Number),
        forum: form.has("forum"),
      }),
  });
}
