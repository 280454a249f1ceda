/* What a page can do beyond being read. Imported by boot.js while Dash's own scripts load; `start` lets Dash draw. */

import * as actions from "./actions.js";
import * as agenda from "./agenda.js";
import * as beginning from "./beginning.js";
import * as cells from "./cells.js";
import * as chartKeys from "./chart-keys.js";
import * as chrome from "./chrome.js";
import { noUpdate, registerComponents, registerFunctions, startRenderer } from "./dash-adapter.js";
import * as days from "./days.js";
import * as copyTable from "./copy-table.js";
import * as dialogs from "./dialogs.js";
import { recall, settle } from "./drafts.js";
import * as drawer from "./drawer.js";
import { FailureBar } from "./failure.js";
import * as find from "./find.js";
import { Filters } from "./filters.js";
import * as figure from "./figure.js";
import { SendForm } from "./form.js";
import * as forms from "./forms.js";
import { registerGrid } from "./grid.js";
import * as keys from "./keys.js";
import * as meeting from "./meeting.js";
import { Menu } from "./menu.js";
import * as navigation from "./navigation.js";
import * as news from "./news.js";
import { makePanel, Updates } from "./panels.js";
import * as picture from "./picture.js";
import * as presenter from "./presenter.js";
import * as playing from "./playing.js";
import * as print from "./print.js";
import * as search from "./search.js";
import { noteShown, replaceFirstPaint } from "./shown.js";
import * as tooltip from "./tooltip.js";
import { toastOf } from "./toast.js";
import * as updates from "./updates.js";

/** A link that is followed here, in an SVG too; with a key held down the browser opens it elsewhere.
 * @param {MouseEvent & {currentTarget: HTMLAnchorElement | SVGAElement}} event */
const follow = (event) => {
  const link = event.currentTarget;
  const isElsewhere = link.hasAttribute("target");
  if (event.defaultPrevented || event.button || isElsewhere || event.metaKey || event.ctrlKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  if (link.hasAttribute("data-close")) {
    navigation.leave(link);
  } else {
    navigation.navigate(link.getAttribute("href") || "");
  }
};

/** @type {import("./markup.js").Hands} */
const hands = {
  createElement: () => null /* React comes with Dash */,
  follow,
  choose: (event) => navigation.navigate(event.currentTarget.value),
  remembered: forms.remembered,
  parts: {
    drawer: drawer.Drawer,
    failure: FailureBar,
    filters: Filters,
    form: SendForm,
    menu: Menu,
    "search-field": search.SearchField,
  },
};

keys.listen({
  openSearch: search.openSearch,
  openHelp: () => dialogs.openDialog("keyboard-help"),
  abandon: navigation.abandon,
});
tooltip.listen();
find.listen();
days.listen();
figure.listen();
chartKeys.listen();
playing.listen();
print.listen();
copyTable.listen();
actions.listen();
search.listen();
cells.listen();
replaceFirstPaint();
updates.listen();
navigation.listen();
beginning.listen();
picture.listen();
forms.listen();
dialogs.listen();
meeting.listen();
presenter.listen();
agenda.listen();
news.listen();
drawer.listen();
chrome.listen();
registerGrid(hands);
registerComponents({ Markup: makePanel(hands), Updates, OnDemand: chrome.OnDemand });
registerFunctions({
  close: () => false,
  recall: (/** @type {number} */ _, /** @type {import("./drafts.js").Drafts} */ drafts) => {
    recall(drafts);
    return noUpdate();
  },
  sayAnswer: (/** @type {import("./drafts.js").Answer} */ answer) => {
    settle(answer);
    if (answer.opens) {
      navigation.navigate(answer.opens);
    }
    return toastOf(answer.words, answer.is_saved);
  },
  showContent: (/** @type {boolean} */ _, /** @type {unknown} */ content) => content,
  setTitle: (/** @type {import("./types").Shown} */ shown) => {
    noteShown(shown);
    agenda.noteDesk();
    return noUpdate();
  },
});

export const start = () => {
  hands.createElement = window.React.createElement;
  startRenderer();
};
