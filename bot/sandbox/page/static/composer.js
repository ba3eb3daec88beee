// What the person sends: texts with slash completion, reply keyboard keys, locations, files.

import { $, element } from "./dom.js";
import { typedInline } from "./inline.js";
import { close, isOpen, offer } from "./offers.js";
import { here, post, say, sendFile } from "./server.js";

const CITIES = [
  ["Auckland", -36.85, 174.76], ["Berlin", 52.52, 13.4], ["Kathmandu", 27.72, 85.32],
  ["London", 51.51, -0.13], ["Los Angeles", 34.05, -118.24], ["Nairobi", -1.29, 36.82],
  ["New York", 40.71, -74.01], ["São Paulo", -23.55, -46.63], ["Tokyo", 35.68, 139.69],
];
const KINDS = { photo: "🖼 A photo", sticker: "💪 A sticker", voice: "🎤 A voice message" };

let commands = [];

export function drawComposer(view, blocked) {
  const box = $("text");
  const focused = document.activeElement; // read first: a hidden element loses the focus
  commands = view.commands;
  const hasPayload = here.payload !== null && !view.is_group;
  $("unblock").hidden = !blocked;
  $("start").hidden = blocked || !(hasPayload || (view.messages.length === 0 && !view.is_group));
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

function commandRow({ command, description }) {
  const node = element("li", {},
    element("b", {}, `/${command}`), " ", element("span", {}, description));
  const choose = () => {
    $("text").value = "";
    close();
    say(`/${command}`);
    $("text").focus();
  };
  return { node, choose, completed: `/${command} ` };
}

$("text").oninput = () => {
  const typed = $("text").value.toLowerCase();
  const slash = /^\/\w*$/.test(typed);
  const found = slash ? commands.filter(({ command }) => `/${command}`.startsWith(typed)) : [];
  offer(found.map(commandRow));
  typedInline($("text").value);
};
$("slash").onclick = () => {
  const open = isOpen();
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
  $("text").oninput();
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

// A file dropped anywhere on the chat is sent, too.

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
const mark = (dropping) => $("app").classList.toggle("dropping", dropping);

$("app").ondragover = (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  mark(true);
};
$("app").ondragleave = (event) => {
  if (!$("app").contains(event.relatedTarget)) mark(false);
};
$("app").ondrop = async (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  mark(false);
  for (const file of event.dataTransfer.files) await sendFile(file);
};
