// The buttons under a message: callbacks, links, copying, inline queries.

import { alertWith, element, toast } from "./dom.js";
import { askInline } from "./inline.js";
import { post } from "./server.js";
import { link } from "./text.js";

const waiting = new Set(); // taps without an answer so far

export function inlineButton(message, button, place, blocked) {
  if (button.url) return linkButton(button, place);
  const does = action(message, button);
  const words = element("span", { className: "label" }, button.label);
  const node = element("button",
    { type: "button", disabled: !does || blocked, title: button.label }, words);
  node.dataset.place = place;
  if (button.style) node.classList.add(button.style);
  if (button.data) {
    node.dataset.key = keyOf(message, button);
    showWaiting(node, waiting.has(node.dataset.key));
  }
  node.onkeydown = (event) => { if (event.repeat) event.preventDefault(); };
  node.onclick = does;
  return node;
}

function linkButton({ label, url }, place) {
  const words = element("span", { className: "label" }, `${label} ↗`);
  const anchor = Object.assign(link(url, [words]), { className: "button" });
  anchor.dataset.place = place;
  return anchor;
}

function action(message, button) {
  if (button.data) return () => tap(message, button);
  if (button.copied) return () => copy(button.copied);
  if (button.query !== undefined) return () => askInline(button.query, button.chats);
  return null;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied");
  } catch {
    toast(text); // the browser forbids copying: show the text instead
  }
}

const keyOf = (message, { data }) => `${message.id} ${data}`;

async function tap(message, button) {
  const key = keyOf(message, button);
  if (waiting.has(key)) return;
  setWaiting(key, true);
  const answer = await post("tap", { message_id: message.id, data: button.data });
  setWaiting(key, false);
  if (answer) showAnswer(answer);
}

// The message may have been drawn again since, so the button is looked up.
function setWaiting(key, waits) {
  if (waits) waiting.add(key); else waiting.delete(key);
  for (const button of document.querySelectorAll("#chat [data-key]")) {
    if (button.dataset.key === key) showWaiting(button, waits);
  }
}

function showWaiting(button, waits) {
  button.classList.toggle("waiting", waits);
  button.ariaBusy = String(waits);
}

function showAnswer({ text, show_alert: isAlert, url }) {
  if (url) window.open(url, "_blank", "noopener");
  if (text) (isAlert ? alertWith : toast)(text);
}
