import assert from "node:assert/strict";
import test from "node:test";

globalThis.window = { fetch: async () => new Response() };
const { identityOf, questionAbout, changesOf } = await import("../../assets/modules/dash-adapter.js");
const { KEPT_MS, Prefetch } = await import("../../assets/modules/prefetch.js");

const SHOWN = { page: "league", title: "区县对比", snapshot: "1" };
const BODY = {
  output: "..page-root.children...shown-page.data..",
  inputs: [
    { id: "url", property: "pathname", value: "/league" },
    { id: "url", property: "search", value: "" },
  ],
  state: [{ id: "shown-page", property: "data", value: SHOWN }],
  changedPropIds: ["url.pathname", "url.search"],
};
const QUESTION = {
  address: "/_dash-update-component",
  options: { method: "POST", body: JSON.stringify(BODY) },
  body: BODY,
};
const TARGET = { pathname: "/league", search: "?district=500103" };
const asked = (target) => questionAbout(QUESTION, target, SHOWN).body;

/** Answers in the order in which they were asked for; the clock stands until it is moved. */
const arranged = (...answers) => {
  const hall = { sent: [], now: 0 };
  hall.prefetch = new Prefetch(
    (question) => {
      hall.sent.push(question);
      return answers[hall.sent.length - 1];
    },
    () => hall.now,
  );
  hall.prefetch.remember(QUESTION);
  return hall;
};
const answered = (status = 200) => Promise.resolve(new Response("{}", { status }));
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("the question about another address differs in nothing else that Dash sends", () => {
  const { body, options } = questionAbout(QUESTION, TARGET, SHOWN);
  assert.deepEqual(
    body.inputs.map((input) => input.value),
    ["/league", "?district=500103"],
  );
  assert.equal(body.output, BODY.output);
  assert.deepEqual(body.state, BODY.state);
  assert.deepEqual(JSON.parse(options.body), body);
  assert.equal(options.method, "POST");
});

test("what changed it is no part of a question's identity; address and page are", () => {
  assert.equal(identityOf({ ...BODY, changedPropIds: [] }), identityOf(BODY));
  assert.notEqual(identityOf(asked(TARGET)), identityOf(BODY));
  const elsewhere = questionAbout(QUESTION, TARGET, { ...SHOWN, page: "matrix" });
  assert.notEqual(identityOf(elsewhere.body), identityOf(asked(TARGET)));
});

test("nothing can be asked before Dash has asked", () => {
  assert.equal(new Prefetch(() => answered(), Date.now).ask(TARGET, SHOWN), null);
});

test("the same question is sent once and its answer handed over once", () => {
  const hall = arranged(answered(), answered());
  const first = hall.prefetch.ask(TARGET, SHOWN);
  assert.equal(hall.prefetch.ask(TARGET, SHOWN), first);
  assert.equal(hall.sent.length, 1);
  assert.equal(hall.prefetch.take(asked(TARGET)), first);
  assert.equal(hall.prefetch.take(asked(TARGET)), null);
});

test("another question does not get the answer, and the answer is dropped", () => {
  const hall = arranged(answered());
  hall.prefetch.ask(TARGET, SHOWN);
  assert.equal(hall.prefetch.take(asked({ pathname: "/matrix", search: "" })), null);
  assert.equal(hall.prefetch.take(asked(TARGET)), null);
});

test("an answer is kept for three seconds from its arrival", async () => {
  let arrive;
  const slow = new Promise((resolve) => {
    arrive = resolve;
  });
  const hall = arranged(slow);
  hall.prefetch.ask(TARGET, SHOWN);
  hall.now = KEPT_MS - 1;
  arrive(new Response("{}"));
  await settled();
  hall.now = 2 * KEPT_MS - 2;
  assert.equal(hall.prefetch.take(asked(TARGET)), slow);

  const old = arranged(answered());
  old.prefetch.ask(TARGET, SHOWN);
  await settled();
  old.now = KEPT_MS;
  assert.equal(old.prefetch.take(asked(TARGET)), null);
});

for (const [name, failure] of [
  ["a refusal", () => answered(500)],
  ["a lost connection", () => Promise.reject(new TypeError("offline"))],
]) {
  test(`after ${name} the same question is asked again`, async () => {
    const hall = arranged(failure(), answered());
    await hall.prefetch.ask(TARGET, SHOWN).catch(() => null);
    await settled();
    const again = await hall.prefetch.ask(TARGET, SHOWN);
    assert.equal(hall.sent.length, 2);
    assert.equal(again.status, 200);
  });
}

test("an answer says whether it changes trees alone, a page, or other things", () => {
  const trees = { "league-head": "[]" };
  const shown = { data: SHOWN };
  const updated = changesOf({ sideUpdate: { "panel-updates": { trees } }, response: { "shown-page": shown } });
  assert.deepEqual(updated.trees, trees);
  assert.deepEqual(updated.shown, shown);
  assert.equal(updated.isOtherPage, false);
  const withGrid = changesOf({ sideUpdate: { "panel-updates": { trees }, "league-grid": { rowData: [] } } });
  assert.equal(withGrid.trees, null);
  assert.equal(changesOf({ response: { "page-root": { children: [] } } }).isOtherPage, true);
});
