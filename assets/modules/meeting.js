/* Into meeting mode and out of it; what happens on the wall is in slide-keys.js, slide-touch.js and wall.js. */

import * as fullScreen from "./full-screen.js";
import { isChord, isTyping, keyOf } from "./keys.js";
import { navigate } from "./navigation.js";
import { drawTheme, listen as listenToTheme } from "./projector.js";
import { shown } from "./shown.js";
import { listen as listenToSizes } from "./slide-fit.js";
import { onSlideKey } from "./slide-keys.js";
import { listen as listenToTouch } from "./slide-touch.js";
import { panel, turnedAt } from "./slides.js";
import { listen as listenToPresenter } from "./wall.js";

/** A projected meeting stays with the publication it was opened with, also when it is loaded again.
 * @param {URL} address @param {string | undefined} snapshot */
export const pinned = (address, snapshot) => {
  const asked = address.searchParams;
  if (snapshot && !asked.has("snapshot") && !asked.has("live")) {
    asked.set("snapshot", snapshot);
  }
  return address;
};

const here = () => new URL(window.location.href);

/** The page on screen as slides, or the order of the meeting that it prepares. */
const enter = () => {
  fullScreen.fill();
  const order = document.querySelector("#page-root [data-run]");
  if (order) {
    navigate(order.getAttribute("href") || "");
    return;
  }
  const address = here();
  address.searchParams.set("mode", "meeting");
  address.searchParams.delete("why");
  address.searchParams.delete("issue");
  navigate(pinned(address, (shown() || { snapshot: "" }).snapshot).href);
};

/** @param {KeyboardEvent} event */
const onKey = (event) => {
  if (panel()) {
    onSlideKey(event);
  } else if (keyOf(event) === "f" && !isChord(event) && !isTyping(event.target) && !document.querySelector(".modal")) {
    enter();
  }
};

export const listen = () => {
  /** @type {HTMLElement | null} */
  const foot = document.querySelector("#first-paint .slides-panel > .slide-foot");
  if (foot) {
    /* The address says which publication it is before Dash reads it. */
    window.history.replaceState(window.history.state, "", pinned(here(), foot.dataset.snapshot));
  }
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-meeting]")) {
      event.preventDefault();
      enter();
    } else if (target.closest("[data-run]")) {
      fullScreen.fill();
    }
  });
  document.addEventListener("keydown", onKey, true);
  listenToTheme(() => Boolean(panel()), turnedAt);
  listenToSizes(panel);
  listenToTouch();
  listenToPresenter();
  drawTheme();
};
