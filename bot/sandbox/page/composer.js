// What the person sends: texts with slash completion, keys of the bot's keyboard, places, files.

import { $, element } from "./dom.js";
import { here, post, say, sendFile } from "./server.js";

const CITIES = [
  ["Auckland", -36.85, 174.76], ["Berlin", 52.52, 13.4], ["Kathmandu", 27.72, 85.32],
  ["London", 51.51, -0.13], ["Los Angeles", 34.05, -118.24], ["Nairobi", -1.29, 36.82],
  ["New York", 40.71, -74.01], ["São Paulo", -23.55, -46.63], ["Tokyo", 35.68, 139.69],
];
const KINDS = { photo: "🖼 A photo", sticker: "💪 A sticker", voice: "🎤 A voice message" };

let commands = [];
let active = -1; // which of the offered commands Enter sends

export function drawComposer(view, blocked) {
  const box = $("text");
  const focused = document.activeElement; // asked now: what is hidden loses it
  commands = view.commands;
  const asked = here.payload !== null && !view.is_group;
  $("unblock").hidden = !blocked;
  $("start").hidden = blocked || !(asked || (view.messages.length === 0 && !view.is_group));
  const hidden = blocked || !$("start").hidden;
  $("composer").hidden = hidden;
  if (hidden) close();
  if (focused.hidden) box.focus();
  box.placeholder = view.keyboard.placeholder || "Message";
  drawKeyboard(blocked ? [] : view.keyboard.rows);
}

function drawKeyboard(rows) {
  const key = JSON.stringify(rows);
  if ($("keyboard").dataset.shown === key) return;
  $("keyboard").dataset.shown = key;
  const hadFocus = $("keyboard").contains(document.activeElement);
  $("keyboard").hidden = rows.length === 0;
  $("keyboard").replaceChildren(...rows.map((row) =>
    element("div", { className: "row" }, ...row.map(({ label, asks_for: asksFor }) =>
      element("button", {
        type: "button",
        onclick: () => (asksFor === "location" ? $("places").showModal() : say(label)),
      }, element("span", { className: "label" }, label))))));
  if (hadFocus) $("text").focus();
}

// Slash completion

function offer(found) {
  active = found.length ? 0 : -1;
  $("commands").replaceChildren(...found.map(({ command, description }, index) => {
    const row = element("li", { id: `command-${index}` },
      element("b", {}, `/${command}`), " ", element("span", {}, description));
    row.role = "option";
    row.dataset.command = `/${command}`;
    row.onpointerdown = (event) => event.preventDefault(); // the message box keeps the focus
    row.onclick = () => choose(row);
    return row;
  }));
  $("commands").hidden = found.length === 0;
  $("text").ariaExpanded = String(found.length > 0);
  mark();
}

const close = () => offer([]);
const rows = () => [...$("commands").children];

function mark() {
  rows().forEach((row, index) => { row.ariaSelected = String(index === active); });
  const row = rows()[active];
  row?.scrollIntoView({ block: "nearest" });
  if (row) $("text").setAttribute("aria-activedescendant", row.id);
  else $("text").removeAttribute("aria-activedescendant");
}

function choose(row) {
  $("text").value = "";
  close();
  say(row.dataset.command);
  $("text").focus();
}

const KEYS = {
  ArrowDown: () => { active = (active + 1) % rows().length; mark(); },
  ArrowUp: () => { active = (active - 1 + rows().length) % rows().length; mark(); },
  Enter: () => choose(rows()[active]),
  Tab: () => { $("text").value = `${rows()[active].dataset.command} `; close(); },
  Escape: close,
};

$("text").oninput = () => {
  const typed = $("text").value.toLowerCase();
  const slash = /^\/\w*$/.test(typed);
  offer(slash ? commands.filter(({ command }) => `/${command}`.startsWith(typed)) : []);
};
$("text").onkeydown = (event) => {
  if (event.isComposing || event.shiftKey || $("commands").hidden || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
};
$("text").onblur = close;
$("slash").onclick = () => {
  const open = !$("commands").hidden;
  $("text").value = open ? "" : "/";
  $("text").focus();
  $("text").oninput();
};
$("slash").onpointerdown = (event) => event.preventDefault();

// Sending

$("composer").onsubmit = (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  $("text").value = "";
  close();
  if (text) say(text);
};
$("start").onclick = () => {
  const payload = here.payload ?? "";
  here.payload = null;
  history.replaceState(null, "", location.pathname);
  say(`/start ${payload}`.trim());
};
$("unblock").onclick = () => post("unblock");
$("attach").onclick = () => $("things").showModal();

const place = ([name, latitude, longitude]) =>
  element("button", { onclick: () => post("location", { latitude, longitude }) }, name);
$("cities").append(...CITIES.map(place));

function afterwards(does) {
  return (event) => {
    event.preventDefault();
    $("things").close();
    does();
  };
}

$("kinds").append(
  element("button", { onclick: afterwards(() => $("places").showModal()) }, "📍 A place"),
  element("button", { onclick: afterwards(() => $("file").click()) }, "📄 A file"),
  ...Object.entries(KINDS).map(([kind, label]) =>
    element("button", { onclick: afterwards(() => post("medium", { kind })) }, label)),
);
$("file").onchange = async () => {
  const [file] = $("file").files;
  if (file) await sendFile(file);
  $("file").value = "";
};
