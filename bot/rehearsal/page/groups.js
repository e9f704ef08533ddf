// What a member does with a group: the bot's place in it, topics, the upgrade; and links that add the bot.
import { ask } from "./dialogs.js";
import { door } from "./doors.js";
import { say } from "./words.js";

const TOPICS = "can_manage_topics";

/** The menu of the group `chat`, open in `phone`. */
export function groupMenu(phone, chat) {
  const without = chat.bot_status === "administrator" && !chat.bot_rights.includes(TOPICS);
  const bot = (name, chosen, body) => ({
    label: say(name),
    chosen,
    data: { bot: name },
    act: () => phone.manage("groups/bot", body),
  });
  const items = [
    { heading: say("botHere") },
    bot("botAdmin", chat.bot_status === "administrator" && !without, { status: "administrator" }),
    bot("botNoTopics", without, { status: "administrator", rights: ["can_manage_chat", "can_pin_messages"] }),
    bot("botMember", chat.bot_status === "member", { status: "member" }),
    bot("botOut", ["left", "kicked"].includes(chat.bot_status), { status: "kicked" }),
    { heading: chat.title },
  ];
  const turn = (body) => () => phone.manage("groups/settings", body);
  const forum = chat.is_forum ? "topicsOff" : "topicsOn";
  items.push({ label: say(forum), icon: "group", data: { action: forum }, act: turn({ forum: !chat.is_forum }) });
  if (phone.topic) {
    const act = () => phone.manage("groups/delete-topic", { topic: phone.topic });
    items.push({ label: say("deleteTopic"), icon: "bin", data: { action: "delete-topic" }, act });
  }
  if (chat.type === "group") {
    const act = () => phone.manage("groups/upgrade", {});
    items.push({ label: say("upgrade"), icon: "group", data: { action: "upgrade" }, act });
  }
  return items;
}

/** A tapped t.me/<bot>?startgroup=… link: choose the group to which `phone`'s person adds the bot. */
export function askStartGroup(phone, query) {
  const groups = phone.world.groupsOf(phone.id);
  if (!groups.length) {
    phone.toast(say("noGroups"), "warning");
    return;
  }
  const wanted = query.get("admin")?.split(/[ +]/).filter(Boolean) ?? [];
  const rights = ["can_manage_chat", ...wanted.map((name) => `can_${name}`)];
  ask({
    title: say("addBot"),
    submit: say("add"),
    fields: [{ name: "chat", label: say("group"), options: groups.map(({ id, title }) => [id, title]) }],
    act: async (form) => {
      const chat = Number(form.get("chat"));
      const place = wanted.length ? { status: "administrator", rights } : { status: "member" };
      await door("groups/bot", { person: phone.id, chat, payload: query.get("startgroup"), ...place });
      phone.open(chat);
    },
  });
}
