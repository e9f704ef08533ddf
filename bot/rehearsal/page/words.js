// The page's own words. The bot's words come from the bot; people's from people.

/** Each line is [English, Russian, Kazakh]; `{name}` stands for a value. */
const TABLE = {
  page: ["Rehearsal", "Репетиция", "Репетиция"],
  people: ["People", "Люди", "Адамдар"],
  noPhones: [
    "Everybody is hidden. Choose a person above.",
    "Все скрыты. Выберите человека сверху.",
    "Барлығы жасырылған. Жоғарыдағы тізімнен адам таңдаңыз.",
  ],
  add: ["Add", "Добавить", "Қосу"],
  addPerson: ["Add a person", "Добавить человека", "Адам қосу"],
  addGroup: ["Make a group", "Создать группу", "Топ құру"],
  firstName: ["First name", "Имя", "Аты"],
  lastName: ["Last name", "Фамилия", "Тегі"],
  username: ["Username", "Имя пользователя", "Пайдаланушы аты"],
  role: ["Label", "Пометка", "Белгі"],
  delegate: ["delegate", "делегат", "делегат"],
  moderator: ["moderator", "модератор", "модератор"],
  organizer: ["organizer", "организатор", "ұйымдастырушы"],
  guest: ["guest", "гость", "қонақ"],
  language: ["Telegram’s language", "Язык Telegram", "Telegram тілі"],
  other: ["Other…", "Другой…", "Басқа…"],
  languageCode: ["Language code", "Код языка", "Тіл коды"],
  groupTitle: ["Title", "Название", "Атауы"],
  members: ["Members", "Участники", "Мүшелер"],
  topics: ["With topics (forum)", "С темами (форум)", "Тақырыптары бар (форум)"],
  create: ["Create", "Создать", "Құру"],
  cancel: ["Cancel", "Отмена", "Бас тарту"],
  close: ["Close", "Закрыть", "Жабу"],
  ok: ["OK", "ОК", "Жарайды"],

  menu: ["Menu of {name}", "Меню: {name}", "Мәзір: {name}"],
  phoneOf: ["Phone of {name}", "Телефон: {name}", "Телефон: {name}"],
  hide: ["Hide this phone", "Скрыть этот телефон", "Бұл телефонды жасыру"],
  markRead: ["Mark as read", "Отметить прочитанным", "Оқылды деп белгілеу"],
  unread: ["{n} unread", "непрочитанных: {n}", "оқылмаған: {n}"],
  block: ["Block the bot", "Заблокировать бота", "Ботты бұғаттау"],
  unblock: ["Unblock the bot", "Разблокировать бота", "Ботты бұғаттан шығару"],
  blocked: ["blocked the bot", "бот заблокирован", "бот бұғатталған"],
  start: ["START", "СТАРТ", "БАСТАУ"],
  pressStart: ["Press START", "Нажать СТАРТ", "БАСТАУ батырмасын басу"],
  startWith: ["START with a payload…", "СТАРТ с параметром…", "Параметрмен бастау…"],
  payload: ["Payload of the link", "Параметр ссылки", "Сілтеме параметрі"],
  payloadHint: ["As in t.me/{bot}?start=…", "Как в t.me/{bot}?start=…", "t.me/{bot}?start=… сияқты"],
  whatBotDoes: ["What can this bot do?", "Что умеет этот бот?", "Бұл бот не істей алады?"],
  nothingYet: ["No messages here yet", "Здесь пока нет сообщений", "Мұнда әзірге хабарлама жоқ"],

  message: ["Message", "Сообщение", "Хабарлама"],
  send: ["Send", "Отправить", "Жіберу"],
  commands: ["Commands", "Команды", "Командалар"],
  noCommands: ["The bot has set no commands", "Бот не задал команд", "Бот командалар тізімін бермеген"],
  buttons: ["Show or hide the buttons", "Показать или убрать кнопки", "Батырмаларды көрсету не жасыру"],
  attach: ["Attach", "Прикрепить", "Файл қосу"],
  photo: ["Photo", "Фото", "Фото"],
  file: ["File", "Файл", "Файл"],
  sticker: ["Sticker", "Стикер", "Стикер"],
  voice: ["Voice message", "Голосовое сообщение", "Дауыстық хабарлама"],
  contact: ["My contact", "Мой контакт", "Менің контактім"],
  location: ["Location", "Геопозиция", "Орналасқан жер"],
  latitude: ["Latitude", "Широта", "Ендік"],
  longitude: ["Longitude", "Долгота", "Бойлық"],
  forward: ["Send as forwarded", "Отправить как пересланное", "Қайта жіберілген ретінде жіберу"],
  forwardSample: [
    "A message forwarded from somebody",
    "Сообщение, пересланное от кого-то",
    "Біреуден қайта жіберілген хабарлама",
  ],
  forwarded: ["Forwarded from {name}", "Переслано от {name}", "Қайта жіберілді: {name}"],
  edited: ["edited", "изменено", "өзгертілді"],
  actions: ["Reply, edit, copy", "Ответить, изменить, копировать", "Жауап беру, өзгерту, көшіру"],
  reply: ["Reply", "Ответить", "Жауап беру"],
  edit: ["Edit", "Изменить", "Өзгерту"],
  copy: ["Copy the text", "Копировать текст", "Мәтінді көшіру"],
  copied: ["Copied", "Скопировано", "Көшірілді"],
  open: ["Open", "Открыть", "Ашу"],
  openMap: ["Open the map", "Открыть карту", "Картаны ашу"],
  download: ["Download", "Скачать", "Жүктеп алу"],
  showMore: ["Show more", "Показать полностью", "Толық көрсету"],
  showLess: ["Show less", "Свернуть", "Жию"],
  spoiler: ["Hidden text, tap to show", "Скрытый текст, нажмите", "Жасырын мәтін, көрсету үшін басыңыз"],
  unsupported: [
    "This kind of message is not drawn here: {kind}",
    "Такое сообщение здесь не рисуется: {kind}",
    "Бұл жерде мұндай хабарлама көрсетілмейді: {kind}",
  ],
  notHere: ["Not in this rehearsal", "В этой репетиции недоступно", "Бұл репетицияда жоқ"],
  unanswered: [
    "The bot has not answered this press for 15 s",
    "Бот не ответил на нажатие за 15 с",
    "Батырма басылғалы 15 секунд өтті, бот жауап бермеді",
  ],
  newMessages: ["New messages: {n}", "Новых сообщений: {n}", "Жаңа хабарлама: {n}"],
  typing: ["typing…", "печатает…", "жазып жатыр…"],
  sending: ["sending a file…", "отправляет файл…", "файл жіберіп жатыр…"],
  bot: ["bot", "бот", "бот"],

  joined: ["{name} joined", "{name} в группе", "{name} топқа қосылды"],
  left: ["{name} left", "{name} больше не в группе", "{name} топтан шықты"],
  groupMade: ["Group “{name}” created", "Группа «{name}» создана", "«{name}» тобы құрылды"],
  pinned: ["A message was pinned", "Сообщение закреплено", "Хабарлама бекітілді"],
  topicMade: ["Topic “{name}” created", "Тема «{name}» создана", "«{name}» тақырыбы құрылды"],
  topicNamed: ["The topic is now “{name}”", "Тема теперь «{name}»", "Тақырыптың жаңа атауы: «{name}»"],
  upgraded: ["The group is a supergroup now", "Группа стала супергруппой", "Топ супертопқа айналды"],
  general: ["General", "Общая", "Жалпы"],
  group: ["Group", "Группа", "Топ"],
  groupMenu: ["The group “{name}”", "Группа «{name}»", "«{name}» тобы"],
  botHere: ["The bot in this group", "Бот в этой группе", "Осы топтағы бот"],
  botAdmin: ["Administrator", "Администратор", "Әкімші"],
  botNoTopics: ["Administrator without topics", "Администратор без права на темы", "Тақырып құқығы жоқ әкімші"],
  botMember: ["Ordinary member", "Обычный участник", "Қарапайым мүше"],
  botOut: ["Not in the group", "Не в группе", "Топта жоқ"],
  topicsOn: ["Switch topics on", "Включить темы", "Тақырыптарды қосу"],
  topicsOff: ["Switch topics off", "Выключить темы", "Тақырыптарды өшіру"],
  deleteTopic: ["Delete this topic", "Удалить эту тему", "Осы тақырыпты жою"],
  upgrade: ["Upgrade to a supergroup", "Превратить в супергруппу", "Супертопқа айналдыру"],
  addBot: ["Add the bot to a group", "Добавить бота в группу", "Ботты топқа қосу"],
  noGroups: [
    "No group yet: make one with “Add” above",
    "Групп пока нет: создайте её кнопкой «Добавить» сверху",
    "Әзірге топ жоқ: жоғарыдағы «Қосу» батырмасымен құрыңыз",
  ],

  clock: ["The forum’s clock", "Часы форума", "Форум сағаты"],
  minutes: ["+{n} min", "+{n} мин", "+{n} мин"],
  hours: ["+{n} h", "+{n} ч", "+{n} сағ"],
  dateTime: ["Date and time", "Дата и время", "Күні мен уақыты"],
  goTo: ["Set", "Перевести", "Орнату"],
  moments: ["Jump to", "Перейти к", "Өту"],
  flood: ["Answer 429", "Отвечать 429", "429 қайтару"],
  floodHint: [
    "Telegram answers “Too Many Requests” to every message of the bot",
    "Telegram отвечает «Too Many Requests» на каждое сообщение бота",
    "Telegram боттың әр хабарламасына «Too Many Requests» деп жауап береді",
  ],
  retryAfter: ["Seconds to wait", "Сколько секунд ждать", "Неше секунд күту керек"],
  seconds: ["s", "с", "с"],
  log: ["Bot’s calls", "Вызовы бота", "Бот шақырулары"],
  errorsOnly: ["Errors only", "Только ошибки", "Тек қателер"],
  filter: ["Filter", "Фильтр", "Сүзгі"],
  clear: ["Clear", "Очистить", "Тазалау"],
  noCalls: ["Nothing to show yet", "Пока пусто", "Әзірге бос"],
  theme: ["Light or dark", "Светлая или тёмная тема", "Ашық не күңгірт режим"],
  words: ["Language of this page", "Язык этой страницы", "Осы беттің тілі"],
  director: ["Director’s controls", "Пульт режиссёра", "Режиссёр пульті"],
  tour: ["Tour", "Знакомство", "Танысу"],
  tourStart: ["Take the tour", "Начать знакомство", "Танысуды бастау"],
  tourPhone: ["Show this phone", "Показать телефон", "Телефонды ашу"],
  tourClock: ["Show the clock", "Показать часы", "Сағатты көрсету"],
  tourSkip: ["Skip", "Пропустить", "Аттап өту"],
  tourEnd: ["End the tour", "Закончить знакомство", "Танысуды аяқтау"],
  tourAgain: ["Once more", "Ещё раз", "Қайта бастау"],
  tourDone: [
    "That was the tour. Now try whatever you like: nothing of it leaves this computer.",
    "Знакомство закончено. Теперь пробуйте что угодно: ничто не уйдёт с этого компьютера.",
    "Танысу аяқталды. Енді қалағаныңызды байқап көріңіз: ештеңе осы компьютерден сыртқа шықпайды.",
  ],
  lost: [
    "Connection lost, trying again…",
    "Связь потеряна, идёт переподключение…",
    "Байланыс үзілді, қайта қосылып жатыр…",
  ],
};

/** Languages of the page, in the order of the table's columns, with their own names. */
export const LANGUAGES = { en: "English", ru: "Русский", kk: "Қазақша" };
const COLUMNS = Object.keys(LANGUAGES);

let column = 0;

/** The page's language code: en, ru or kk. */
export const spoken = () => COLUMNS[column];

/** Speak the first language of `wishes` that the page has ("ru-RU" counts as "ru"); English when none. */
export function speak(wishes) {
  const known = wishes.map((wish) => COLUMNS.indexOf(String(wish).slice(0, 2).toLowerCase()));
  column = known.find((index) => index >= 0) ?? 0;
  document.documentElement.lang = spoken();
}

/** The words for `key` in the page's language, with `{name}` filled in from `values`. */
export function say(key, values = {}) {
  return TABLE[key][column].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}
