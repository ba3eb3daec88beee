// The chat page: draws the server's view and sends the person's actions.

import { clearCalls, drawCalls } from "./calls.js";
import { clearChat, drawChat } from "./chat.js";
import { drawComposer } from "./composer.js";
import { $, toast } from "./dom.js";
import { onChoosingChat } from "./inline.js";
import { drawMenu } from "./people.js";
import { here, listen } from "./server.js";
import { onDeepLink } from "./text.js";
import { drawTime } from "./time.js";

const TYPING_MS = 5000; // as long as Telegram shows it

let connected = false;
let typing = false;
let typingTimer;

function draw(view) {
  const newest = here.view?.messages.at(-1)?.id;
  here.view = view;
  const me = view.people.find(({ id }) => id === here.person);
  if (!me || view.chat === null) {
    const person = me ?? view.people[0];
    if (person) go(person.id, person.id);
    return;
  }
  here.chat = view.chat;
  if (view.messages.at(-1)?.id !== newest) typing = false;
  const blocked = me.blocks && !view.is_group;
  drawComposer(view, blocked);
  drawChat(view, blocked);
  drawMenu(view, go);
  drawTime(view);
  $("about").hidden = view.is_group || view.messages.length > 0 || !view.about;
  $("about").querySelector("p").textContent = view.about;
  drawHeader();
}

function drawHeader() {
  const { view } = here;
  if (!view) return;
  const me = view.people.find(({ id }) => id === here.person);
  const group = view.groups.find(({ id }) => id === here.chat);
  document.title = view.bot;
  $("bot").textContent = group ? group.title : view.bot;
  const who = me?.blocks && !group ? `${me.name}, who blocks the bot` : `You are ${me?.name}`;
  $("status").textContent = connected ? (typing ? `${view.bot} is typing…` : who) : "Connecting…";
}

function showCalls(calls) {
  drawCalls(calls);
  const last = calls.at(-1);
  if (last.method !== "sendChatAction" || last.chat_id !== here.chat) return;
  typing = true;
  clearTimeout(typingTimer);
  typingTimer = setTimeout(() => { typing = false; drawHeader(); }, TYPING_MS);
  drawHeader();
}

const told = {
  view: draw,
  calls: showCalls,
  connected: (now) => {
    connected = now;
    if (now) clearCalls(); // the server sends them again
    drawHeader();
  },
};

function go(person, chat) {
  if (person === here.person && chat === here.chat && here.view) return;
  Object.assign(here, { person, chat });
  sessionStorage.setItem("person", person);
  sessionStorage.setItem("chat", chat);
  clearChat();
  toast("");
  listen(told);
}

// Telegram, too, lets the person press Start first.
onDeepLink((payload) => {
  here.payload = payload;
  go(here.person, here.person);
  if (!here.view.is_group) draw(here.view);
  $("start").focus();
});
onChoosingChat(go);

listen(told);
