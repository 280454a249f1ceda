import assert from "node:assert/strict";
import test from "node:test";

import { keyOf, makeSequence } from "../../assets/modules/keys.js";

test("a letter is the same with Caps Lock on", () => {
  assert.equal(keyOf({ key: "G", shiftKey: false }), "g");
  assert.equal(keyOf({ key: "g", shiftKey: false }), "g");
});

test("a letter with Shift is another key, with Caps Lock on or off", () => {
  assert.equal(keyOf({ key: "G", shiftKey: true }), "G");
  assert.equal(keyOf({ key: "g", shiftKey: true }), "G");
});

test("keys that are no letters stay what they are", () => {
  for (const key of ["/", "?", "Enter", "Escape", "ArrowLeft", "5", " "]) {
    assert.equal(keyOf({ key, shiftKey: key === "?" }), key);
  }
});

test("what an input method takes is no key of the page", () => {
  assert.equal(keyOf({ key: "Enter", isComposing: true }), "");
  assert.equal(keyOf({ key: "Process", keyCode: 229 }), "");
  assert.equal(keyOf({ key: "g", isComposing: true }), "");
});

test("g and then a letter is the path of a page, within 1.2 seconds", () => {
  let now = 1000;
  const follow = makeSequence(() => now);
  assert.equal(follow("g"), undefined);
  now += 1199;
  assert.equal(follow("m"), "/matrix");
  assert.equal(follow("m"), undefined, "only right after g");
  follow("g");
  now += 1200;
  assert.equal(follow("m"), undefined, "too late");
  follow("g");
  assert.equal(follow("x"), undefined, "no page has this letter");
});
