// The drawer with the bot's calls and their answers.

import { $, element } from "./dom.js";

const KEPT = 200;

export function clearCalls() {
  $("call-list").replaceChildren();
  $("no-calls").hidden = false;
}

export function drawCalls(calls) {
  $("no-calls").hidden = true;
  for (const call of calls) $("call-list").prepend(row(call));
  while ($("call-list").children.length > KEPT) $("call-list").lastChild.remove();
}

function row({ method, params, status, answer, at }) {
  const refused = status !== 200;
  const words = status === 0 ? "no answer" : String(status);
  const node = element("li", { className: refused ? "refused" : "" });
  const summary = element("summary", {}, element("code", {}, method), " ",
    element("span", { className: "answered" }, words), " ",
    element("time", { dateTime: at }, new Date(at).toLocaleTimeString()));
  if (refused && answer.description) {
    summary.append(element("p", { className: "why" }, answer.description));
  }
  const details = element("details", {}, summary);
  details.ontoggle = () => { // drawn when first opened
    if (details.children.length > 1) return;
    details.append(element("h3", {}, "Parameters"), pretty(opened(params)),
      element("h3", {}, "Answer"), pretty(answer));
  };
  node.append(details);
  return node;
}

const pretty = (value) => element("pre", {}, JSON.stringify(value, null, 2));

// Parses objects, which forms carry as JSON text.
function opened(params) {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => {
    if (typeof value !== "string" || !/^[[{]/.test(value)) return [name, value];
    try { return [name, JSON.parse(value)]; } catch { return [name, value]; }
  }));
}

function show(shown) {
  $("calls").hidden = !shown;
  $("open-calls").ariaExpanded = String(shown);
  cover();
  (shown ? $("close-calls") : $("open-calls")).focus();
}

// On a phone the drawer covers the chat, which must not get the focus then.
const narrow = matchMedia("(max-width: 60rem)");
const cover = () => { $("app").inert = narrow.matches && !$("calls").hidden; };

narrow.onchange = cover;
$("open-calls").onclick = () => show($("calls").hidden);
$("close-calls").onclick = () => show(false);
$("calls").onkeydown = (event) => { if (event.key === "Escape") show(false); };
