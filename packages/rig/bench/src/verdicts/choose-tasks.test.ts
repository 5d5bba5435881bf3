import { describe, expect, test } from "vitest";
import { allCells } from "./cells.ts";
import { type Choice, chooseTasks } from "./choose-tasks.ts";
import { LATENCY_CELLS } from "./latency-catalogue.ts";
import { WORLDS } from "./worlds/worlds.ts";

const choose = (choice: Partial<Choice> = {}) =>
  chooseTasks({ only: "", judge: "shipped", seed: 1, trials: { ofCells: 20, ofWorlds: 4 }, ...choice });
const worldsIn = (tasks: ReturnType<typeof choose>) =>
  tasks.flatMap((task) => (task.rule === "world" ? [task] : []));

describe("what the bench plays", () => {
  test("is every cell of the small model, and every world, unless something is named", () => {
    const tasks = choose();
    expect(tasks.filter(({ rule }) => rule === "errors")).toHaveLength(allCells().length);
    expect(tasks.filter(({ rule }) => rule === "latency")).toHaveLength(LATENCY_CELLS.length);
    expect([...new Set(worldsIn(tasks).map(({ cell }) => cell.name))]).toEqual(
      WORLDS.map(({ name }) => name),
    );
  });

  test("is played in each part as often as is asked of that part", () => {
    const often = new Set(choose().map(({ rule, trials }) => `${rule} ${trials}`));
    expect([...often]).toEqual(["errors 20", "latency 20", "world 4"]);
  });

  test("is what has the text in its name", () => {
    const named = choose({ only: "canary" });
    expect(new Set(named.map((task) => task.rule === "world" && task.cell.name))).toEqual(
      new Set(["canary of 10 %"]),
    );
    expect(choose({ only: "mars" })).toEqual([]);
  });

  test("is played by version 2, too, where all is fixed in a roll-out, to compare the waits", () => {
    const beside = worldsIn(choose()).filter(({ judge }) => judge === "alone");
    expect(beside).not.toEqual([]);
    expect(beside.every(({ cell }) => cell.residue === 0 && cell.name.startsWith("roll-out"))).toBe(true);
  });

  test("is worlds alone if another rule than the one that ships is to play", () => {
    expect(new Set(choose({ judge: "alone" }).map((task) => task.rule === "world" && task.judge))).toEqual(
      new Set(["alone"]),
    );
  });
});
