import assert from "node:assert/strict";
import test from "node:test";

import { written } from "../../assets/modules/days.js";

const WORDS = { form: "{year}年{month}月{day}日", none: "选日期" };

test("a day is written as people write it", () => {
  assert.equal(written("2026-11-29", WORDS), "2026年11月29日");
  assert.equal(written("2026-01-05", WORDS), "2026年1月5日");
});

test("where there is no day, the field says so", () => {
  assert.equal(written("", WORDS), "选日期");
});
