/* Keys of the page. A letter is the same with Caps Lock on; what an input method takes is not ours. */

/** @typedef {{key: string, shiftKey?: boolean, isComposing?: boolean, keyCode?: number}} Stroke */

const PLACES = Object.freeze({
  o: "/",
  p: "/plan",
  l: "/league",
  m: "/matrix",
  t: "/trend",
  w: "/warn",
  r: "/rounds",
  i: "/ledger",
});
const GO_MS = 1200;
const TAKEN_BY_INPUT_METHOD = 229;

/** The key that was meant; nothing while an input method composes. @param {Stroke} stroke */
export const keyOf = ({ key, shiftKey, isComposing, keyCode }) => {
  if (isComposing || keyCode === TAKEN_BY_INPUT_METHOD) {
    return "";
  }
  if (!/^[a-z]$/i.test(key)) {
    return key;
  }
  return shiftKey ? key.toUpperCase() : key.toLowerCase();
};

/** Whether somebody is typing there. @param {EventTarget | null} target */
export const isTyping = (target) =>
  target instanceof HTMLElement && (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || target.isContentEditable);

/** @param {KeyboardEvent} event */
export const isChord = (event) => event.ctrlKey || event.metaKey || event.altKey;

/** Follows keys one after the other: "g" and then the letter of a page is its path.
 * @param {() => number} clock milliseconds @returns {(key: string) => string | undefined} */
export const makeSequence = (clock) => {
  let begun = 0;
  return (key) => {
    const path = begun && clock() - begun < GO_MS ? /** @type {Record<string, string>} */ (PLACES)[key] : undefined;
    begun = key === "g" ? clock() : 0;
    return path;
  };
};

/** @param {string} selector @returns {HTMLElement | null} */
const onPage = (selector) => document.querySelector(`#page-root ${selector}`);

/** The arrow keys walk along the tiles. @param {KeyboardEvent} event @param {number} step */
const walkTiles = (event, step) => {
  /** @type {HTMLElement[]} */
  const tiles = Array.from(document.querySelectorAll("#page-root a[data-tile]"));
  const at = tiles.findIndex((tile) => tile === document.activeElement);
  if (at < 0) {
    return;
  }
  event.preventDefault();
  const next = tiles[at + step];
  if (next) {
    next.focus();
  }
};

/** @param {{openSearch: () => void, openHelp: () => void, abandon: () => boolean}} doers */
export const listen = ({ openSearch, openHelp, abandon }) => {
  const follow = makeSequence(Date.now);
  /** @type {Record<string, (event: KeyboardEvent) => void>} */
  const actions = {
    d: (event) => {
      const picker = onPage("select[name=district]");
      if (picker) {
        event.preventDefault();
        picker.focus();
      }
    },
    "/": (event) => {
      event.preventDefault();
      openSearch();
    },
    "?": openHelp,
    Escape: () => {
      const close = onPage("[data-close]");
      if (!abandon() && close && !close.closest(".offcanvas")) {
        close.click();
      }
    },
    ArrowRight: (event) => walkTiles(event, 1),
    ArrowLeft: (event) => walkTiles(event, -1),
  };
  document.addEventListener("keydown", (event) => {
    const key = keyOf(event);
    if (!key || isChord(event) || isTyping(event.target) || document.querySelector(".modal")) {
      return;
    }
    const path = follow(key);
    const link = path && onPage(`.nav a[href^="${path}"]`);
    if (link) {
      link.click();
    }
    const action = actions[key];
    if (action) {
      action(event);
    }
  });
};
