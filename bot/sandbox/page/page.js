// The chat page: draws what the server sends, sends what the runner does. What people wrote
// reaches the page as text nodes only, never as markup.

const CITIES = [
  ["Auckland", -36.85, 174.76], ["Berlin", 52.52, 13.4], ["Kathmandu", 27.72, 85.32],
  ["London", 51.51, -0.13], ["Los Angeles", 34.05, -118.24], ["Nairobi", -1.29, 36.82],
  ["New York", 40.71, -74.01], ["São Paulo", -23.55, -46.63], ["Tokyo", 35.68, 139.69],
];
const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span",
};
const MEDIA = { location: "📍 Location", photo: "🖼 Photo", sticker: "💪 Sticker", voice: "🎤 Voice" };
const TOAST_MS = 4000;

const $ = (id) => document.getElementById(id);
const drawn = new Map(); // message id -> { key, node }
const waiting = new Set(); // taps that the bot has not answered yet
let person = Number(sessionStorage.getItem("person"));
let username = "";
let events;

function element(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

async function post(action, fields) {
  const response = await fetch(`/page/${action}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ person, ...fields }),
  });
  if (!response.ok) toast(await response.text());
  return response.ok ? response.json() : null;
}

const say = (text) => post("say", { text });

// Text and entities. Offsets count UTF-16 units, as strings do here.

function formatted(text, entities, start = 0, end = text.length) {
  const nodes = [];
  let at = start;
  entities.forEach((entity, index) => {
    const stop = entity.offset + entity.length;
    if (entity.offset < at || stop > end) return; // drawn inside the one before
    const inner = entities.slice(index + 1).filter((other) => other.offset < stop);
    nodes.push(text.slice(at, entity.offset));
    nodes.push(styled(entity, text, formatted(text, inner, entity.offset, stop)));
    at = stop;
  });
  return [...nodes, text.slice(at, end)];
}

function styled(entity, text, children) {
  const written = text.slice(entity.offset, entity.offset + entity.length);
  if (entity.type === "text_link") return link(entity.url, children);
  if (entity.type === "url") return link(written, children);
  if (entity.type === "bot_command") {
    return element("button", { className: "command", onclick: () => say(written) }, ...children);
  }
  if (entity.type === "date_time") {
    const title = new Date(entity.unix_time * 1000).toLocaleString();
    return element("time", { title }, ...children);
  }
  const node = element(TAGS[entity.type] ?? "span", { className: entity.type }, ...children);
  if (entity.type === "spoiler") node.onclick = () => node.classList.add("shown");
  return node;
}

function link(url, children) {
  const allowed = /^(https?|tg):\/\//i.test(url);
  if (!allowed) return element("span", {}, ...children);
  const anchor = element("a", { href: url, target: "_blank", rel: "noopener" }, ...children);
  anchor.onclick = (event) => {
    const payload = deepLinkPayload(url);
    if (payload === null) return;
    event.preventDefault();
    say(`/start ${payload}`);
  };
  return anchor;
}

// A link to this bot opens this chat, not Telegram; null for any other link.
function deepLinkPayload(url) {
  const { host, pathname, searchParams } = new URL(url);
  const own = host === "t.me" && pathname.toLowerCase() === `/${username.toLowerCase()}`;
  return own ? searchParams.get("start") ?? "" : null;
}

// The chat

function bubble(message) {
  const time = new Date(message.time);
  const clock = time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const content = element("div", { className: "text" });
  if (message.media) content.append(MEDIA[message.media] ?? message.media, " ");
  content.append(...formatted(message.text, message.entities));
  const stamp = element("time", { dateTime: message.time, title: time.toLocaleString() },
    message.edited ? `edited ${clock}` : clock);
  const node = element("article", { className: message.from_bot ? "bot" : "mine" });
  node.append(element("div", { className: "bubble" }, content, stamp));
  for (const row of message.buttons) {
    node.append(element("div", { className: "row" }, ...row.map((b) => inlineButton(message, b))));
  }
  return node;
}

function inlineButton(message, { label, data, url }) {
  if (url) return Object.assign(link(url, [`${label} ↗`]), { className: "button" });
  const button = element("button", { disabled: !data }, label);
  const key = `${message.id} ${data}`;
  button.dataset.key = key;
  button.classList.toggle("waiting", waiting.has(key));
  button.onclick = async () => {
    setWaiting(key, true);
    const answer = await post("tap", { message_id: message.id, data });
    setWaiting(key, false);
    if (answer) showAnswer(answer);
  };
  return button;
}

// The message may have been drawn again meanwhile, so its button is looked for.
function setWaiting(key, waits) {
  if (waits) waiting.add(key); else waiting.delete(key);
  for (const button of document.querySelectorAll("[data-key]")) {
    if (button.dataset.key === key) button.classList.toggle("waiting", waits);
  }
}

function showAnswer({ text, show_alert, url }) {
  if (url) window.open(url, "_blank", "noopener");
  if (!text) return;
  if (!show_alert) return toast(text);
  $("alert").querySelector("p").textContent = text;
  $("alert").showModal();
}

let toastTimer;
function toast(text) {
  clearTimeout(toastTimer);
  $("toast").textContent = text;
  $("toast").hidden = false;
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, TOAST_MS);
}

// Only what changed is drawn again, so that focus and selection stay where they are.
function drawMessages(messages) {
  const present = new Set(messages.map((message) => message.id));
  for (const [id, { node }] of drawn) {
    if (!present.has(id)) { node.remove(); drawn.delete(id); }
  }
  for (const message of messages) {
    const key = JSON.stringify(message);
    const old = drawn.get(message.id);
    if (old?.key === key) continue;
    const node = bubble(message);
    if (old) old.node.replaceWith(node); else $("chat").append(node);
    drawn.set(message.id, { key, node });
  }
}

function drawKeyboard(rows) {
  $("keyboard").hidden = rows.length === 0;
  $("keyboard").replaceChildren(...rows.map((row) =>
    element("div", { className: "row" }, ...row.map(({ label, asks_for }) =>
      element("button", {
        type: "button",
        onclick: () => (asks_for === "location" ? $("places").showModal() : say(label)),
      }, label)))));
}

function draw(view) {
  document.title = $("bot").textContent = view.bot;
  username = view.username;
  const option = ({ id, name }) => new Option(name, id, false, id === person);
  $("people").replaceChildren(...view.people.map(option));
  $("commands").replaceChildren(...view.commands.map(({ command, description }) =>
    element("option", { value: `/${command}` }, description)));
  if (!view.people.some(({ id }) => id === person)) {
    if (view.people.length) choose(view.people[0].id);
    return;
  }
  const chat = $("chat");
  const atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 80;
  drawMessages(view.messages);
  drawKeyboard(view.keyboard);
  $("start").hidden = view.messages.length > 0;
  $("composer").hidden = !$("start").hidden;
  if (atEnd) chat.scrollTop = chat.scrollHeight;
}

function choose(id) {
  person = id;
  sessionStorage.setItem("person", id);
  drawn.clear();
  $("chat").replaceChildren();
  listen();
}

function listen() {
  events?.close();
  events = new EventSource(`/page/events?person=${person}`);
  events.onmessage = (event) => draw(JSON.parse(event.data));
}

$("people").onchange = (event) => choose(Number(event.target.value));
$("add").onclick = () => $("runner").showModal();
$("runner").onclose = async () => {
  const name = $("runner").querySelector("input");
  if ($("runner").returnValue === "add") {
    const added = await post("person", { name: name.value });
    if (added) choose(added.id);
  }
  $("runner").returnValue = name.value = "";
};
$("start").onclick = () => say("/start");
$("composer").onsubmit = (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  $("text").value = "";
  if (text) say(text);
};
$("cities").append(...CITIES.map(([name, latitude, longitude]) =>
  element("button", { onclick: () => post("location", { latitude, longitude }) }, name)));
listen();
