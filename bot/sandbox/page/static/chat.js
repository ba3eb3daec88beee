// The messages: each is drawn once, and replaced when it changes.

import { inlineButton } from "./buttons.js";
import { $, clockOf, element } from "./dom.js";
import { keepPlaying, medium, widthFor } from "./media.js";
import { formatted } from "./text.js";

const TOGETHER_MS = 5 * 60 * 1000; // messages of one sender within this time form a group
const NEAR_END = 80; // pixels

const drawn = new Map(); // message id -> { key, node }

export function clearChat() {
  drawn.clear();
  $("chat").replaceChildren();
}

export function drawChat({ messages, is_group: isGroup }, blocked) {
  const chat = $("chat");
  const atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < NEAR_END;
  const isFirst = drawn.size === 0;
  const isNew = messages.length > 0 && !drawn.has(messages.at(-1).id);
  const focused = chat.contains(document.activeElement) ? document.activeElement : null;
  const present = new Set(messages.map((message) => message.id));
  for (const [id, { node }] of drawn) {
    if (!present.has(id)) { node.remove(); drawn.delete(id); }
  }
  messages.forEach((message, index) => {
    const [before, after] = [messages[index - 1], messages[index + 1]];
    const newDay = dayOf(message) !== (before && dayOf(before));
    const key = JSON.stringify([message, newDay, blocked]);
    const old = drawn.get(message.id);
    let node = old?.node;
    if (old?.key !== key) {
      node = item(message, { newDay, isGroup, blocked });
      if (old) replace(old.node, node); else chat.append(node);
      drawn.set(message.id, { key, node });
    }
    node.classList.toggle("first", newDay || !together(before, message));
    node.classList.toggle("last", !together(message, after));
  });
  if (atEnd || isFirst || (isNew && messages.at(-1).is_mine)) chat.scrollTop = chat.scrollHeight;
  if (focused && !chat.contains(document.activeElement)) focusSensibly(focused.dataset.place);
}

// A player is moved into the new node while that stands beside the old one: media that leave the
// document stop.
function replace(old, node) {
  old.after(node);
  keepPlaying(old, node);
  old.remove();
}

// Moves a lost focus to the button in the same place, the newest button, or the message box.
export function focusSensibly(place) {
  const buttons = [...document.querySelectorAll("#chat [data-place]:enabled")];
  const newest = buttons.findLast((button) => button.dataset.place.endsWith(" 0 0"));
  const next = buttons.find((button) => button.dataset.place === place) ?? newest;
  const box = matchMedia("(pointer: fine)").matches && !$("composer").hidden ? $("text") : null;
  (next ?? box ?? $("chat")).focus();
}

const dayOf = (message) => new Date(message.time).toDateString();

function together(one, other) {
  return one && other && one.sender_id === other.sender_id && dayOf(one) === dayOf(other)
    && new Date(other.time) - new Date(one.time) < TOGETHER_MS;
}

function item(message, { newDay, isGroup, blocked }) {
  const node = element("div", { className: message.is_mine ? "item mine" : "item" });
  if (newDay) {
    const day = new Date(message.time).toLocaleDateString([],
      { weekday: "long", day: "numeric", month: "long" });
    node.append(element("p", { className: "day" }, element("span", {}, day)));
  }
  node.append(article(message, isGroup, blocked));
  return node;
}

function article(message, isGroup, blocked) {
  const who = message.is_mine ? "You" : message.sender;
  const node = element("article", { ariaLabel: `${who}, ${clockOf(message.time)}` });
  const bubble = element("div", { className: "bubble" });
  const width = widthFor(message);
  bubble.classList.toggle("pictured", width !== null);
  if (width) bubble.style.width = width;
  if (isGroup && !message.is_mine) {
    bubble.append(element("p", { className: "sender" }, message.sender));
  }
  if (message.via) bubble.append(element("p", { className: "via" }, `via @${message.via}`));
  if (message.reply_to) {
    const { sender, text } = message.reply_to;
    bubble.append(element("blockquote", {}, element("b", {}, sender), ` ${text}`));
  }
  bubble.append(...content(message), stamp(message));
  node.append(bubble);
  if (message.buttons.length) {
    const rows = message.buttons.map((row, y) => element("div", { className: "row" },
      ...row.map((button, x) => inlineButton(message, button, `${message.id} ${y} ${x}`, blocked))));
    node.append(element("div", { className: "keys" }, ...rows));
  }
  return node;
}

function content(message) {
  const shown = medium(message);
  const node = element("div", { className: shown ? "text captioned" : "text" });
  node.append(...formatted(message.text, message.entities));
  if (!shown) return [node];
  return message.text ? [shown, node] : [shown];
}

function stamp({ time, edited }) {
  const title = new Date(time).toLocaleString();
  const clock = clockOf(time);
  return element("time", { dateTime: time, title }, edited ? `edited ${clock}` : clock);
}

$("alert").onclose = () => {
  if (document.activeElement === document.body) focusSensibly();
};
