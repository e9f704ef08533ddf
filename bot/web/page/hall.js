/* The screen of a hall. Plain ES5: a projector's browser may be ten years old. What people wrote goes into the page
   as text and in no other way. */
(function () {
  "use strict";

  var LANGUAGES = ["kk", "ru", "en"];
  var TURN = 20000; // ms a language stands
  var SILENCE = 25000; // ms without a word, after which the line is dead: the server beats every 10 s
  var POLL = 2000; // ms between two questions, where there is no stream
  var TRY_STREAM = 30; // of them, before a stream is tried once more
  var FIRST_PAUSE = 1000, LONGEST_PAUSE = 15000; // ms before the next try
  var SMALLEST = 8; // of the sizes in hall.css

  var body = document.body;
  var fixed = body.getAttribute("data-fixed");
  var here = location.pathname, query = location.search;
  var language = document.documentElement.lang;
  var shown = null; // the last state
  var view = body.className; // without what the line adds
  var stream = null, request = null, retry = null;
  var pause = FIRST_PAUSE;
  var alive = true; // the line, as far as known
  var heard = now();
  var refused = 0; // times the stream was turned away since it last spoke
  var asked = 0;

  function now() { return new Date().getTime(); }
  function part(id) { return document.getElementById(id); }

  function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  // ---- what is shown

  function show(state) {
    var stage = state.stage, lines = "";
    shown = state;
    view = state.view;
    if (stage) {
      view += " beneath" + stage.beneath;
      lines = stage.text;
    }
    write(part("question").firstChild, lines);
    write(part("for"), stage && stage.votes ? String(stage.votes) : "");
    write(part("author"), stage ? stage.by : "");
    write(part("bot"), state.bot);
    code(state.qr);
    list(state.list);
    dress();
    say();
  }

  function dress() {
    var wanted = view + (alive ? "" : " offline");
    if (body.className !== wanted) body.className = wanted;
  }

  function say() {
    var parts = document.querySelectorAll("[data-word]"), words, i;
    if (!shown) return;
    words = shown.words[language];
    for (i = 0; i < parts.length; i++) write(parts[i], words[parts[i].getAttribute("data-word")] || "");
    document.title = words.title;
    document.documentElement.lang = language;
    fit();
  }

  /** The largest letters in which the question on stage fits its place. */
  function fit() {
    var place = part("question"), size = 0;
    if (!shown || !shown.stage) return;
    do place.className = "size" + size;
    while (place.scrollHeight > place.clientHeight + 1 && size++ < SMALLEST);
  }

  /** Questions keep their elements: votes change in place, and whoever moves up is seen to move. */
  function list(questions) {
    var items = part("items"), kept = {}, item, next, i, one;
    for (item = items.firstChild; item; item = next) {
      next = item.nextSibling;
      if (item.nodeType === 1) kept[item.getAttribute("data-number")] = item;
      else items.removeChild(item);
    }
    for (i = 0; i < questions.length; i++) {
      one = questions[i];
      item = kept[one.number] || born(items, one.number);
      delete kept[one.number];
      if (item.className !== "item at" + i) item.className = "item at" + i;
      write(item.childNodes[0], String(one.votes));
      item.childNodes[0].className = one.votes > 999 ? "votes many" : "votes";
      write(item.childNodes[1], one.text);
      write(item.childNodes[2], one.by);
    }
    for (i in kept) if (kept.hasOwnProperty(i)) items.removeChild(kept[i]);
  }

  function born(items, number) {
    var item = document.createElement("div"), names = ["votes", "text", "by"], inner, i;
    item.setAttribute("data-number", number);
    for (i = 0; i < names.length; i++) {
      inner = document.createElement("div");
      inner.className = names[i];
      item.appendChild(inner);
    }
    return items.appendChild(item);
  }

  function code(qr) {
    var path = part("path");
    if (!qr || path.getAttribute("d") === qr.path) return;
    path.setAttribute("d", qr.path);
    part("code").setAttribute("viewBox", "-4 -4 " + (qr.side + 8) + " " + (qr.side + 8));
  }

  // ---- how it comes

  function hear() {
    heard = now();
    alive = true;
    pause = FIRST_PAUSE;
    dress();
  }

  function take(text) {
    var state;
    try {
      state = JSON.parse(text);
    } catch (error) {
      return; // half a message; the next one is whole
    }
    show(state);
    hear();
  }

  function connect() {
    retry = null;
    heard = now(); // from here on the line has its time to speak
    // Turned away twice in a row, as by a proxy that knows no streams: ask, as who has no EventSource must.
    if (window.EventSource && refused < 2) listen();
    else ask();
  }

  function listen() {
    stream = new EventSource(here + "/events" + query);
    stream.onmessage = function (event) {
      refused = 0;
      take(event.data);
    };
    stream.addEventListener("beat", hear);
    stream.addEventListener("gone", function () { location.reload(); });
    stream.onerror = function () {
      if (stream.readyState === 2) refused++;
      again();
    };
  }

  function ask() {
    var own = request = new XMLHttpRequest();
    own.open("GET", here + "/state" + query, true);
    own.timeout = SILENCE;
    own.onreadystatechange = function () {
      if (own.readyState !== 4 || own !== request) return;
      request = null;
      if (own.status === 200) {
        take(own.responseText);
        if (++asked % TRY_STREAM === 0) refused = 0;
        retry = setTimeout(connect, POLL);
      } else if (own.status === 404) {
        location.reload(); // made private, or gone: the server says it better
      } else {
        again();
      }
    };
    own.send();
  }

  /** Give the line up and try anew after a pause. What is shown stays. */
  function again() {
    var dead = request;
    if (stream) stream.close();
    stream = request = null;
    if (dead) dead.abort();
    clearTimeout(retry);
    retry = setTimeout(connect, pause * (0.7 + 0.6 * Math.random()));
    pause = Math.min(pause * 2, LONGEST_PAUSE);
    alive = false;
    dress();
  }

  // Also after a long sleep: timers stand still then, and the line is dead without having said so.
  setInterval(function () {
    if (retry === null && now() - heard > SILENCE) again();
  }, 2000);

  if (!fixed) {
    setInterval(function () {
      language = LANGUAGES[(LANGUAGES.indexOf(language) + 1) % LANGUAGES.length];
      say();
    }, TURN);
  }
  window.onresize = fit;
  window.ononline = function () {
    if (alive || retry === null) return;
    clearTimeout(retry);
    connect();
  };
  connect();
})();
