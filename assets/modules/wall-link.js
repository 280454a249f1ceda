/* The wall and its presenter are two windows of one browser; each tells the other what it does. */

export const WALL = "wall";
export const PRESENTER = "presenter";
const CHANNEL = "oversight-meeting";

/** @typedef {{of: string, meeting: string, does: string, slide?: number, words?: string}} Message
 *   `slide` counts from 1; the wall's `words` say what it shows beside the running order */

/** @type {BroadcastChannel | null} */
let channel = null;
const open = () => (channel = channel || new BroadcastChannel(CHANNEL));

/** Which meeting an address is of; the default order has no name. */
const meeting = () => new URL(window.location.href).searchParams.get("meeting") || "";

/** @param {Omit<Message, "meeting">} message */
export const tell = (message) => open().postMessage({ ...message, meeting: meeting() });

/** What the other side of the same meeting says. @param {string} side @param {(message: Message) => void} take */
export const hear = (side, take) =>
  open().addEventListener("message", ({ data }) => {
    if (data.of === side && data.meeting === meeting()) {
      take(data);
    }
  });
