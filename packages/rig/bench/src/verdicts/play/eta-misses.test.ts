import { expect, test } from "vitest";
import { missEtas } from "./eta-misses.ts";

const ended = (verdict: string, hours: number, promised: number | null) => ({ verdict, hours, promised });

test("an ETA is kept within a factor of 1.5 either way", () => {
  const kept = [ended("recovered", 15, 10), ended("recovered", 7, 10), ended("stopped", 10, 10)];
  expect(missEtas(kept)).toEqual({ trials: 3, later: 0, sooner: 0 });
  const missed = [ended("recovered", 15.1, 10), ended("recovered", 6.6, 10)];
  expect(missEtas(missed)).toEqual({ trials: 2, later: 1, sooner: 1 });
});

test("what never recovers is later than any ETA, however soon it ends", () => {
  expect(missEtas([ended("inconclusive", 48, 40), ended("failing", 2, 40)])).toMatchObject({ later: 2 });
});

test("an incident for which none was named says nothing", () => {
  expect(missEtas([ended("recovered", 30, null)])).toEqual({ trials: 0, later: 0, sooner: 0 });
});
