// The connection to the server: events, requests, and reconnection.

import { toast } from "./dom.js";

const RETRY_MS = 1000;

// The person and chat of this tab; `payload` is sent by the Start button.
export const here = {
  person: Number(sessionStorage.getItem("person")),
  chat: Number(sessionStorage.getItem("chat")),
  payload: new URLSearchParams(location.search).get("start"),
  view: null,
};

export async function post(action, fields) {
  return ask(`/page/${action}`, "application/json",
    JSON.stringify({ person: here.person, chat: here.chat || here.person, ...fields }));
}

export async function sendFile(file) {
  const query = new URLSearchParams({ person: here.person, chat: here.chat, name: file.name });
  return ask(`/page/file?${query}`, "application/octet-stream", file);
}

async function ask(address, type, body) {
  try {
    const response = await fetch(address, {
      method: "POST", headers: { "Content-Type": type }, body,
    });
    if (response.ok) return await response.json();
    toast(await response.text());
  } catch {
    toast("The demo does not answer: is it still running?");
  }
  return null;
}

export const say = (text) => post("say", { text });

let events;
let timer;
export function listen(told) {
  clearTimeout(timer);
  events?.close();
  const stream = new EventSource(`/page/events?person=${here.person}&chat=${here.chat}`);
  events = stream;
  stream.onopen = () => told.connected(true);
  stream.addEventListener("view", (event) => told.view(JSON.parse(event.data)));
  stream.addEventListener("calls", (event) => told.calls(JSON.parse(event.data)));
  stream.onerror = () => {
    told.connected(false);
    // The browser reconnects after a lost connection, but not after an unusable response.
    if (stream.readyState === EventSource.CLOSED) {
      timer = setTimeout(() => listen(told), RETRY_MS);
    }
  };
}
