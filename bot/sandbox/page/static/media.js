// Photos, clips and documents in a message, and thumbnails in the list of results.

import { element } from "./dom.js";

const NAMES = {
  location: "📍 Location", photo: "🖼 Photo", sticker: "💪", voice: "🎤 Voice message",
  video: "🎬 Video", animation: "🎞 Clip", audio: "🎵 Audio", contact: "👤 Contact",
  video_note: "🎬 Video message", dice: "🎲",
};
const SPEEDS = [1, 1.25, 1.5, 2, 0.75];
const STEPS = ["bytes", "kB", "MB"];
const still = matchMedia("(prefers-reduced-motion: reduce)");

// Returns what a message shows above its text; null if it has text only.
export function medium({ media, file, sender }) {
  if (!media) return null;
  if (file?.url && media === "photo") return picture(file, `Photo from ${sender}`);
  if (file?.url && media === "animation") return clip(file, `Clip from ${sender}`);
  if (file?.url && media === "audio") return player(file, sender);
  if (file?.url) return download(file);
  const words = file?.name ? `📄 ${file.name}` : NAMES[media] ?? media;
  return element("span", { className: "medium" }, words);
}

export function thumbnail({ type, file }) {
  if (!file?.url) return null;
  if (type === "photo" || !file.moves) return element("img", { src: file.url, alt: "" });
  if (type === "mpeg4_gif") return element("video", { src: file.url, muted: true, preload: "metadata" });
  return element("span", { className: "arrow", ariaHidden: "true" }, "↓");
}

// Sets the width of a bubble so that its picture fits the screen, before the picture is loaded:
// nothing moves when it arrives.
export function widthFor({ media, file }) {
  if (!file?.url || !file.width || !["photo", "animation"].includes(media)) return null;
  const ratio = file.width / file.height;
  return `max(14rem, min(${file.width}px, ${ratio} * min(24rem, 55vh)))`;
}

function picture({ url, width, height }, alt) {
  return element("img", { className: "seen", src: url, alt, width, height });
}

function clip(file, label) {
  if (!file.moves) return gif(file, label);
  const video = element("video", {
    className: "seen", src: file.url, width: file.width, height: file.height,
    muted: true, loop: true, playsInline: true, ariaLabel: label,
  });
  const pause = element("button", { type: "button", className: "pause" });
  const tell = () => {
    pause.classList.toggle("paused", video.paused);
    pause.ariaLabel = `${video.paused ? "Play" : "Pause"} the clip`;
  };
  pause.onclick = () => (video.paused ? video.play() : video.pause());
  video.onplay = tell;
  video.onpause = tell;
  calm(video, pause);
  tell();
  return element("div", { className: "clip" }, video, pause);
}

// Nothing plays by itself if the system is set to reduced motion.
function calm(video, pause) {
  video.autoplay = !still.matches;
  video.controls = still.matches;
  pause.hidden = still.matches;
  if (still.matches) video.pause();
}

still.onchange = () => {
  for (const box of document.querySelectorAll("#chat .clip")) {
    const video = box.querySelector("video");
    calm(video, box.querySelector(".pause"));
    if (!still.matches) video.play();
  }
};

// A GIF cannot be paused, so it is hidden with reduced motion.
function gif(file, label) {
  if (!still.matches) return picture(file, label);
  return element("a", { href: file.url, target: "_blank", className: "medium" }, NAMES.animation);
}

// A track with what phones have: position, pause, speed. The clock of the coach does not move it.
function player({ url, name, title, performer, thumbnail: cover }, sender) {
  const label = title || name;
  const audio = element("audio", {
    src: url, controls: true, preload: "metadata", ariaLabel: `${label}, audio from ${sender}`,
  });
  const speed = element("button", { type: "button", className: "speed" });
  const tell = () => {
    speed.textContent = `${audio.playbackRate}×`;
    speed.ariaLabel = `Speed ${audio.playbackRate}, change`;
  };
  speed.onclick = () => {
    audio.playbackRate = SPEEDS[(SPEEDS.indexOf(audio.playbackRate) + 1) % SPEEDS.length];
  };
  audio.onratechange = tell;
  tell();
  const about = element("span", { className: "about" },
    element("b", {}, label), element("small", {}, performer ?? ""));
  const head = element("div", { className: "track" }, about, speed);
  if (cover) head.prepend(element("img", { src: cover, alt: "", width: 56, height: 56 }));
  return element("div", { className: "player" }, head, audio);
}

// Lets a track that is heard go on when its message is drawn anew.
export function keepPlaying(before, after) {
  const [old, drawn] = [before, after].map((node) => node.querySelector(".player"));
  const same = old && drawn && old.querySelector("audio").src === drawn.querySelector("audio").src;
  if (same) drawn.replaceWith(old);
}

function download({ url, name, size }) {
  const words = [
    element("span", { className: "arrow", ariaHidden: "true" }, "↓"),
    element("span", { className: "about" },
      element("b", {}, name), element("small", {}, `${sizeOf(size)}, download`)),
  ];
  return element("a", { className: "file", href: url, download: name }, ...words);
}

function sizeOf(bytes) {
  let [size, step] = [bytes, 0];
  while (size >= 1000 && step < STEPS.length - 1) [size, step] = [size / 1000, step + 1];
  return `${size >= 10 || step === 0 ? Math.round(size) : size.toFixed(1)} ${STEPS[step]}`;
}
