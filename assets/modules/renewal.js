/* The page on screen, drawn anew where figures changed meanwhile. */

import { setProps } from "./dash-adapter.js";
import { answerAbout, changesIn } from "./updates.js";

/** The page on screen, asked for anew: what has changed is drawn in its place. @returns {Promise<void>} */
export const renew = async () => {
  const { pathname, search } = window.location;
  const response = await answerAbout({ pathname, search });
  if (!response || !response.ok) {
    return; /* said already */
  }
  const changes = await changesIn(response);
  if (changes.isOtherPage) {
    throw new Error("another page");
  }
  changes.props.forEach(([identity, props]) => setProps(identity, props));
  setProps("shown-page", changes.shown);
};
