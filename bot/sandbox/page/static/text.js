// Texts with entities. Offsets count UTF-16 units, as strings do here.

import { element } from "./dom.js";
import { here, say } from "./server.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote",
};

const KEY_LETTERS = 200;
const open = new Set(); // the beginnings of the quotes that are opened, for when they are drawn again

let opened = () => {};
export function onDeepLink(does) { opened = does; }
export const openBot = (payload) => opened(payload);

export function formatted(text, entities, start = 0, end = text.length) {
  const nodes = [];
  let at = start;
  entities.forEach((entity, index) => {
    const stop = entity.offset + entity.length;
    if (entity.offset < at || stop > end) return; // nested in the one before
    const inner = entities.slice(index + 1).filter((other) => other.offset < stop);
    nodes.push(text.slice(at, entity.offset));
    nodes.push(styled(entity, text, formatted(text, inner, entity.offset, stop)));
    at = stop;
  });
  return [...nodes, text.slice(at, end)];
}

function styled(entity, text, children) {
  const written = text.slice(entity.offset, entity.offset + entity.length);
  if (entity.type === "text_link") return link(entity.url, children);
  if (entity.type === "url") {
    return link(/^[a-z]+:\/\//i.test(written) ? written : `http://${written}`, children);
  }
  if (entity.type === "bot_command") {
    return element("button", { className: "command", onclick: () => say(written) }, ...children);
  }
  if (entity.type === "date_time") {
    const title = new Date(entity.unix_time * 1000).toLocaleString();
    return element("time", { title }, ...children);
  }
  if (entity.type === "spoiler") return spoiler(children);
  if (entity.type === "expandable_blockquote") return expandable(children);
  return element(TAGS[entity.type] ?? "span", { className: entity.type }, ...children);
}

// Shows three lines until it is opened, as Telegram does; a shorter one has nothing to open.
function expandable(children) {
  const key = children.map((child) => child.textContent ?? child).join("").slice(0, KEY_LETTERS);
  const words = element("div", { className: "words" }, ...children);
  const toggle = element("button", { type: "button", className: "expand" });
  const quote = element("blockquote", { className: "expandable" }, words, toggle);
  const show = (isOpen) => {
    quote.classList.toggle("open", isOpen);
    toggle.ariaLabel = isOpen ? "Show less" : "Show all";
    toggle.ariaExpanded = String(isOpen);
    if (isOpen) open.add(key); else open.delete(key);
  };
  show(open.has(key));
  toggle.onclick = () => show(!quote.classList.contains("open"));
  new ResizeObserver(() => {
    const fits = !quote.classList.contains("open") && words.scrollHeight <= words.clientHeight + 1;
    toggle.hidden = fits;
  }).observe(words);
  return quote;
}

function spoiler(children) {
  const hidden = element("span", { className: "hidden" }, ...children);
  const cover = element("button", { className: "spoiler", ariaLabel: "Show the hidden text" });
  cover.append(hidden);
  cover.onclick = () => cover.replaceWith(...hidden.childNodes);
  return cover;
}

export function link(url, children) {
  if (!/^(https?|tg):\/\//i.test(url) || !URL.canParse(url)) {
    return element("span", {}, ...children);
  }
  const anchor = element("a", { href: url, target: "_blank", rel: "noopener" }, ...children);
  const payload = deepLinkPayload(new URL(url));
  if (payload !== null) {
    anchor.onclick = (event) => {
      event.preventDefault();
      openBot(payload);
    };
  }
  return anchor;
}

// Returns the start payload of a link to this bot, which opens its chat here; null otherwise.
function deepLinkPayload({ protocol, host, pathname, searchParams }) {
  const named = protocol === "tg:"
    ? host === "resolve" && searchParams.get("domain")
    : host === "t.me" && pathname.slice(1);
  if (!named || named.toLowerCase() !== here.view?.username.toLowerCase()) return null;
  return searchParams.get("start") ?? "";
}
