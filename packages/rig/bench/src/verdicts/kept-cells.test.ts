import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratchFolder } from "@patchpilot/action-kit/testing/folder";
import { expect, test } from "vitest";
import { chooseTasks } from "./choose-tasks.ts";
import { openKeptCells } from "./kept-cells.ts";
import { runInWorkers } from "./run-in-workers.ts";

const [first, second] = chooseTasks({
  only: "poisson, true exposure, 1 left",
  judge: "shipped",
  seed: 1,
  trials: { ofCells: 1, ofWorlds: 1 },
});

test("what was run is not run again, and half a line is", async () => {
  if (first === undefined || second === undefined) throw new Error("There are no such cells.");
  const file = join(makeScratchFolder(), "cells.jsonl");
  const fresh = await runInWorkers([first, second], () => undefined, openKeptCells(file));
  const written = readFileSync(file, "utf8");
  expect(openKeptCells(file).find(first)).toEqual(fresh[0]);
  appendFileSync(file, written.slice(0, 50));
  const counts: number[] = [];
  expect(await runInWorkers([first, second], (count) => counts.push(count), openKeptCells(file))).toEqual(
    fresh,
  );
  expect([counts, readFileSync(file, "utf8")]).toEqual([[], written]);
  expect(openKeptCells(file).find({ ...first, seed: 2 })).toBeUndefined();
});
