import assert from "node:assert/strict";
import test from "node:test";

const page = { who: "尤县督" };
const kept = [];
globalThis.document = { querySelector: () => ({ textContent: page.who }) };
globalThis.window = {
  fetch: async () => new Response(),
  dash_clientside: { set_props: (identity, props) => kept.push([identity, props.data]) },
};
const { change, forgetAll, nameOf, note, settle, stateOf } = await import("../../assets/modules/drafts.js");

const FORM = nameOf("ledger", [
  ["issue_code", "D-1"],
  ["version", "3"],
  ["action", "close"],
]);

test("a form is the same after the page has changed, and another for another step", () => {
  assert.equal(FORM, "ledger issue_code=D-1 action=close");
  assert.notEqual(FORM, nameOf("ledger", [["issue_code", "D-1"]]));
});

test("what is typed is kept in Dash's store with who typed it", () => {
  note(FORM, "reason", "现场核实");
  assert.deepEqual(kept.at(-1), ["form-drafts", { who: "尤县督", forms: { [FORM]: { reason: "现场核实" } } }]);
  assert.deepEqual(stateOf(FORM).typed, { reason: "现场核实" });
});

test("a refusal keeps the words, can be sent again and says why until somebody types", () => {
  change(FORM, { isSent: true });
  settle({ form: FORM, is_saved: false, words: "未保存", fields: ["reason"] });
  const refused = { isSent: false, refusal: "未保存", wrong: ["reason"], percent: 0 };
  assert.deepEqual(stateOf(FORM), { typed: { reason: "现场核实" }, ...refused });
  note(FORM, "reason", "再核");
  assert.equal(stateOf(FORM).refusal, "");
});

test("what was taken is forgotten, here and in the store", () => {
  settle({ form: FORM, is_saved: true, words: "已保存" });
  assert.deepEqual(stateOf(FORM), { typed: {}, isSent: false, refusal: "", wrong: [], percent: 0 });
  assert.deepEqual(kept.at(-1)[1].forms, {});
});

test("who leaves takes the words along", () => {
  note(FORM, "reason", "我的话");
  forgetAll();
  assert.deepEqual(stateOf(FORM).typed, {});
  assert.deepEqual(kept.at(-1)[1].forms, {});
});

for (const [who, shown] of [
  ["尤县督", { reason: "我的话" }],
  ["别人", {}],
]) {
  test(`a tab that begins anew shows what its own person typed: ${who}`, async () => {
    const tab = await import(`../../assets/modules/drafts.js?${encodeURIComponent(who)}`);
    tab.recall(null);
    tab.recall({ who, forms: { [FORM]: { reason: "我的话" } } });
    assert.deepEqual(tab.stateOf(FORM).typed, shown);
    tab.recall({ who: "尤县督", forms: { [FORM]: { reason: "再来" } } });
    assert.deepEqual(tab.stateOf(FORM).typed, shown, "only once");
  });
}
