import assert from "node:assert/strict";
import { test } from "node:test";

import { next } from "../../assets/modules/chart-keys.js";
import { placesOfPath, valuesIn } from "../../assets/modules/svg-points.js";

const placed = (...lefts) => lefts.map((left) => ({ point: { left }, left }));

test("a path of steps is read as the places it goes through", () => {
  assert.deepEqual(placesOfPath("M10 20l5-3 2.5 4"), [
    [10, 20],
    [15, 17],
    [17.5, 21],
  ]);
  assert.deepEqual(placesOfPath(""), []);
});

test("a place in percent or in pixels becomes values of both axes", () => {
  const plane = { margin: { l: 10, r: 10, t: 0, b: 20 }, xaxis: { range: [2018, 2028] }, yaxis: { range: [0, 40] } };
  const at = valuesIn({ viewBox: { baseVal: { width: 120, height: 120 } } }, plane);
  assert.deepEqual(at([60, 50]), [2023, 20]);
  assert.deepEqual(at(["50%", "25%"]), [2023, 30]);
});

test("the first key goes to the first point of the last mark that has more than one", () => {
  const marks = [placed(1, 2, 3), placed(4, 5), placed(6)];
  assert.equal(next(marks, null, "ArrowRight"), marks[1][0]);
  assert.equal(next([placed(6)], null, "ArrowRight").left, 6);
  assert.equal(next([], null, "ArrowRight"), undefined);
});

test("arrows stay within a mark, Home and End go to its ends, up and down to the nearest point of the next", () => {
  const marks = [placed(10, 20, 30), placed(12, 29)];
  const at = marks[0][2].point;
  assert.equal(next(marks, at, "ArrowRight"), marks[0][2]);
  assert.equal(next(marks, at, "ArrowLeft"), marks[0][1]);
  assert.equal(next(marks, at, "Home"), marks[0][0]);
  assert.equal(next(marks, marks[0][0].point, "End"), marks[0][2]);
  assert.equal(next(marks, at, "ArrowDown"), marks[1][1]);
  assert.equal(next(marks, at, "ArrowUp"), marks[1][1]);
});
