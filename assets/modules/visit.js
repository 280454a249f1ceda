/* 到校记录: one school at a time, kept on the device at every touch, sent when there is a connection. */

import { onClick, onInput } from "./visit-answers.js";
import { forms, keeping, redraw, sending, words } from "./visit-desk.js";
import { hearOthers, keepNow, showKept } from "./visit-drafts.js";
import { onMend, onSubmit } from "./visit-finish.js";
import { say } from "./visit-queue.js";
import { showSchool } from "./visit-schools.js";
import { flush } from "./visit-send.js";

const EVERY = 30_000;
const CACHE = "oversight-visits";

const install = () => {
  if (navigator.serviceWorker) {
    navigator.serviceWorker.register(words.worker || "", { scope: "/visits/" }).catch(() => {});
  }
};

/** @param {any} event */
const forgetPage = ({ target }) => {
  if (new URL(target.action).pathname === "/logout" && window.caches) {
    window.caches.delete(CACHE);
  }
};

const showAgain = async () => {
  await showKept(forms, keeping);
  redraw();
};

const listen = () => {
  document.addEventListener("input", onInput);
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("submit", forgetPage);
  document.addEventListener("mend", onMend);
  document.addEventListener("visibilitychange", () => (document.hidden ? keepNow(keeping) : showAgain()));
  window.addEventListener("pagehide", () => keepNow(keeping));
  window.addEventListener("pageshow", showAgain);
  window.addEventListener("hashchange", () => showSchool(forms));
  ["online", "offline"].forEach((news) => window.addEventListener(news, redraw));
  window.addEventListener("online", () => {
    install();
    flush(sending);
  });
  window.setInterval(() => flush(sending), EVERY);
  hearOthers(showAgain);
};

const begin = async () => {
  listen();
  showSchool(forms);
  install();
  try {
    await showAgain();
  } catch {
    say(words.wordsNoStore || "", {}, true);
    return;
  }
  if (navigator.storage && navigator.storage.persist) {
    navigator.storage.persist().catch(() => {});
  }
  flush(sending);
};

begin();
