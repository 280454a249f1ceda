/* The browser's own full screen; Escape first closes what is open on the slide. */

/** @returns {any} whose keyboard some browsers lock, so that Escape reaches the page */
const keyboard = () => /** @type {any} */ (navigator).keyboard;

export const isFull = () => document.fullscreenElement !== null;

export const fill = async () => {
  try {
    await document.documentElement.requestFullscreen();
    if (keyboard() && keyboard().lock) {
      await keyboard().lock(["Escape"]);
    }
  } catch {
    /* Where the browser allows none the slide fills the window. */
  }
};

export const shrink = () => {
  if (isFull()) {
    document.exitFullscreen().catch(() => {});
  }
};

export const toggle = () => (isFull() ? shrink() : fill());
