/* What the buttons of the frame do. */

import { prepared } from "./agenda.js";
import { setProps } from "./dash-adapter.js";
import { openDialog } from "./dialogs.js";
import { navigate, retry } from "./navigation.js";
import { play } from "./playing.js";
import { openSearch } from "./search.js";
import { sentence } from "./words.js";

const COPIED_MS = 1500;
const LONGEST_SUBJECT = 120;

let copies = 0;
/** @type {string | null} */
let copyLabel = null;

/** @param {HTMLElement} button */
const copyLink = async (button) => {
  const mine = ++copies;
  copyLabel = copyLabel || button.textContent;
  await navigator.clipboard.writeText(window.location.href);
  button.textContent = sentence("copied");
  window.setTimeout(() => {
    if (mine === copies) {
      button.textContent = copyLabel;
    }
  }, COPIED_MS);
};

const takeToMeeting = () => {
  const head = document.querySelector("#page-root .proof h2") || document.querySelector("#page-root h1");
  const subject = ((head && head.textContent) || "").trim().slice(0, LONGEST_SUBJECT);
  const view = window.location.pathname + window.location.search;
  const meeting = prepared();
  navigate("/meeting?" + new URLSearchParams({ ...(meeting && { meeting }), view, subject }));
};

/** On a phone: the pages beyond the five tabs. @param {boolean} isOpen */
const showAllPages = (isOpen) => {
  document.querySelectorAll(".nav").forEach((nav) => nav.classList.toggle("open", isOpen));
  document.querySelectorAll(".all-pages").forEach((tab) => tab.setAttribute("aria-expanded", String(isOpen)));
};

/** @type {Record<string, (button: HTMLElement) => unknown>} */
const ACTIONS = {
  play,
  "copy-link": copyLink,
  "to-meeting": takeToMeeting,
  export: (button) => setProps("export-request", { data: { kind: button.dataset.kind, at: Date.now() } }),
  search: openSearch,
  retry,
  print: () => window.print(),
  help: () => openDialog("keyboard-help"),
  "all-pages": (tab) => showAllPages(tab.getAttribute("aria-expanded") !== "true"),
};

export const listen = () =>
  document.addEventListener("click", (event) => {
    /** @type {HTMLElement | null} */
    const button = event.target instanceof Element ? event.target.closest("button[data-action]") : null;
    const action = button && ACTIONS[button.dataset.action || ""];
    if (action) {
      action(button);
    }
    if (!button || button.dataset.action !== "all-pages") {
      showAllPages(false);
    }
  });
