// The menu: switching between runners, the group, a new runner, and blocking.

import { $, element } from "./dom.js";
import { here, post } from "./server.js";

const CLUB = "Running club";

export function drawMenu(view, go) {
  const me = view.people.find(({ id }) => id === here.person);
  const key = JSON.stringify([view.people, here.person, here.chat]);
  $("block").textContent = me?.blocks ? "Unblock the bot" : "Block the bot";
  $("block").onclick = () => leave(post(me?.blocks ? "unblock" : "block"));
  $("club").textContent = `${CLUB}, as ${me?.name}`;
  $("club").ariaCurrent = String(view.is_group);
  $("club").onclick = async () => {
    const club = await post("club");
    if (club) leave(go(here.person, club.id));
  };
  $("newcomer").onsubmit = async (event) => {
    event.preventDefault();
    const box = $("newcomer").elements.name;
    const added = await post("person", { name: box.value });
    if (added) leave(go(added.id, added.id));
    box.value = "";
  };
  if ($("people").dataset.shown === key) return;
  $("people").dataset.shown = key;
  $("people").replaceChildren(...view.people.map((person) => element("li", {}, row(person, go))));
}

function row({ id, name, blocks }, go) {
  const words = blocks ? `${name} (blocks the bot)` : name;
  const button = element("button", { type: "button", onclick: () => leave(go(id, id)) }, words);
  button.ariaCurrent = String(here.chat === id);
  return button;
}

function leave() {
  $("menu").close();
}

$("open-menu").onclick = () => $("menu").showModal();
