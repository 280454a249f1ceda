/* A page that is open learns of a new publication: a quiet bar, and the new figures when it is pressed.
   Nothing is asked while nobody looks; a pinned page and a projected meeting never change. */

import { send } from "./dash-adapter.js";
import { renew } from "./renewal.js";
import { shown } from "./shown.js";

/** @typedef {{snapshot: string, words: string}} News */

const EVERY_MS = 30000;
const SIGNED_OUT = 401;

/** @param {import("./types").Shown | undefined} page @param {URLSearchParams} asked */
export const isFixed = (page, asked) =>
  !page || page.page === "projected" || asked.has("snapshot") || asked.get("mode") === "meeting";

/** Whether what the server said last is news for a page. @param {News | null} told
 * @param {import("./types").Shown | undefined} page */
export const isNews = (told, page) => Boolean(told && told.snapshot && page && told.snapshot !== page.snapshot);

const stays = () => isFixed(shown(), new URL(window.location.href).searchParams);

export const listen = () => {
  const bar = document.createElement("button");
  bar.id = "news";
  bar.type = "button";
  bar.className = "button news";
  bar.hidden = true;
  bar.setAttribute("aria-live", "polite");
  document.body.appendChild(bar);
  /** @type {News | null} */
  let told = null;
  let isAsking = false;
  const draw = () => {
    bar.hidden = stays() || !isNews(told, shown());
    if (!bar.hidden && told) {
      bar.textContent = told.words;
    }
  };
  const look = async () => {
    if (document.hidden || isAsking || stays()) {
      return;
    }
    isAsking = true;
    try {
      const response = await send("/publication", { headers: { Accept: "application/json" } });
      if (response.ok) {
        told = await response.json();
      }
      if (response.status === SIGNED_OUT) {
        window.clearInterval(timer); /* said when the reader asks for something */
      }
    } catch {
      return; /* no network: looked at again later */
    } finally {
      isAsking = false;
    }
    draw();
  };
  const timer = window.setInterval(look, EVERY_MS);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("oversight-shown", draw);
  window.addEventListener("popstate", draw);
  bar.addEventListener("click", async () => {
    bar.disabled = true;
    try {
      await renew();
    } catch {
      window.location.reload();
    }
    bar.disabled = false;
  });
};
