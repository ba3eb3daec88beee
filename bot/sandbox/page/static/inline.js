// Inline mode: the bot's name and a query in the message box, and the list of results.

import { $, element, toast } from "./dom.js";
import { thumbnail } from "./media.js";
import { close, offer } from "./offers.js";
import { here, post } from "./server.js";
import { openBot } from "./text.js";

const PAUSE_MS = 300; // after the last keystroke, as on a phone
const CLUB = "Running club";

let timer;
let newest = 0; // only the newest query's results are shown
let goTo = () => {};
export function onChoosingChat(go) { goTo = go; }

// Queries the bot if the text in the message box is an inline query.
export function typedInline(typed) {
  clearTimeout(timer);
  newest += 1;
  const name = `@${here.view?.username} `.toLowerCase();
  if (!typed.toLowerCase().startsWith(name)) {
    announce("");
    return;
  }
  timer = setTimeout(() => ask(typed.slice(name.length).trim(), newest), PAUSE_MS);
}

async function ask(query, number) {
  const answer = await post("inline", { query });
  if (!answer || number !== newest || document.activeElement !== $("text")) return;
  const { id, results, button } = answer;
  const rows = results.map((result) => resultRow(id, result));
  if (button) rows.unshift(buttonRow(button));
  offer(rows, `Results from ${here.view.bot}`, button ? 1 : 0);
  announce(results.length === 1 ? "1 result" : `${results.length || "No"} results`);
}

function resultRow(query, result) {
  const node = element("li", { className: "result" },
    thumbnail(result) ?? "",
    element("span", { className: "about" },
      element("b", {}, result.title || "Clip"), element("span", {}, result.description)));
  const choose = () => {
    clear();
    post("choose", { query, result: result.id });
  };
  return { node, choose };
}

function buttonRow({ label, payload }) {
  const choose = () => {
    clear();
    openBot(payload);
  };
  return { node: element("li", { className: "more" }, label), choose };
}

function clear() {
  $("text").value = "";
  typedInline("");
  close();
  $("text").focus();
}

function announce(words) {
  $("announced").textContent = words;
}

// Handles a button that starts an inline query, here or in a chat that the person picks.

export function askInline(query, kinds) {
  if (kinds.length === 0) {
    fill(query);
    return;
  }
  const { bot, groups } = here.view;
  const offered = [];
  if (kinds.includes("bot")) offered.push(chatButton(bot, () => here.person, query));
  if (kinds.includes("group")) {
    for (const { id, title } of groups) offered.push(chatButton(title, () => id, query));
    if (!groups.length) offered.push(chatButton(CLUB, openClub, query));
  }
  if (!offered.length) {
    toast("There is no such chat here.");
    return;
  }
  $("chat-list").replaceChildren(...offered);
  $("chats").showModal();
}

const openClub = async () => (await post("club"))?.id;

function chatButton(title, idOf, query) {
  return element("button", {
    type: "button",
    onclick: async () => {
      $("chats").close();
      const chat = await idOf();
      if (!chat) return;
      goTo(here.person, chat);
      fill(query);
    },
  }, title);
}

function fill(query) {
  $("text").value = `@${here.view.username} ${query}`;
  $("text").focus();
  typedInline($("text").value);
}
