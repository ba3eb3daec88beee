// The list above the message box: commands, or results of an inline query.

import { $ } from "./dom.js";

let rows = []; // options, each with its action
let active = -1; // the option that Enter chooses

export const isOpen = () => rows.length > 0;

// Each row has a node, its action, and the text that Tab puts into the box, if any.
export function offer(offered, label = "Commands", first = 0) {
  rows = offered;
  active = rows.length ? Math.min(first, rows.length - 1) : -1;
  rows.forEach(({ node, choose }, index) => {
    node.id = `offer-${index}`;
    node.role = "option";
    node.onpointerdown = (event) => event.preventDefault(); // the message box keeps the focus
    node.onclick = choose;
  });
  $("offers").ariaLabel = label;
  $("offers").replaceChildren(...rows.map(({ node }) => node));
  $("offers").hidden = rows.length === 0;
  $("text").ariaExpanded = String(rows.length > 0);
  mark();
}

export const close = () => offer([]);

function mark() {
  rows.forEach(({ node }, index) => { node.ariaSelected = String(index === active); });
  const row = rows[active]?.node;
  row?.scrollIntoView({ block: "nearest" });
  if (row) $("text").setAttribute("aria-activedescendant", row.id);
  else $("text").removeAttribute("aria-activedescendant");
}

function move(by) {
  active = (active + by + rows.length) % rows.length;
  mark();
}

const KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Enter: () => rows[active].choose(),
  Tab: () => {
    $("text").value = rows[active].completed;
    close();
  },
  Escape: close,
};

$("text").onkeydown = (event) => {
  if (event.isComposing || event.shiftKey || !isOpen() || !KEYS[event.key]) return;
  if (event.key === "Tab" && !rows[active].completed) return;
  event.preventDefault();
  KEYS[event.key]();
};
$("text").onblur = close;
