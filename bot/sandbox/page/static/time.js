// The clock of the coach, and the buttons that move it.

import { $, element, toast } from "./dom.js";
import { here, post } from "./server.js";

const JOURNEYS = [
  ["reminder", "Next reminder"],
  ["minute", "+1 min"],
  ["hour", "+1 hour"],
  ["day", "+1 day"],
  ["clock-change", "Next clock change"],
];
const TICK_MS = 1000;

const buttons = JOURNEYS.map(([where, label]) =>
  element("button", { type: "button", onclick: () => travel(where) }, label));
const fast = element("button", { type: "button", onclick: () => hasten() }, "4× speed");
$("journeys").replaceChildren(...buttons, fast);

export function drawTime(view) {
  $("time").hidden = view.ahead === null;
  fast.ariaPressed = String(view.is_fast);
  $("fast").hidden = !view.is_fast;
  tell();
}

function tell() {
  const ahead = here.view?.ahead;
  if (ahead === null || ahead === undefined) return;
  const now = new Date(Date.now() + ahead * 1000);
  const words = now.toLocaleString([], { dateStyle: "full", timeStyle: "medium" });
  if ($("now").textContent !== words) $("now").textContent = words;
}
setInterval(tell, TICK_MS);

async function hasten() {
  if (await post("hasten", { is_fast: !here.view.is_fast })) $("menu").close();
}
$("fast").onclick = () => post("hasten", { is_fast: false });

async function travel(where) {
  buttons.forEach((button) => { button.disabled = true; });
  const arrived = await post("travel", { where });
  buttons.forEach((button) => { button.disabled = false; });
  if (!arrived) return;
  if (arrived.moved < 1) toast("There is nothing to go to: set reminders first.");
  else $("menu").close();
}
