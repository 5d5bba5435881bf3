import type { EnvironmentDeployment } from "@patchpilot/github";
import { MINUTE } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { fromDeployments } from "./github-production.ts";

const at = (minute: number): string => new Date(minute * MINUTE).toISOString();
/** A deployment with its statuses, oldest first. */
const deployment = (
  sha: string,
  created: number,
  ...statuses: [string, number][]
): EnvironmentDeployment => ({
  sha,
  createdAt: at(created),
  statuses: statuses.map(([state, minute]) => ({ state, at: at(minute) })).reverse(),
});
const minutes = (production: ReturnType<typeof fromDeployments>) =>
  production?.history.map(({ sha, from }) => [sha, from === null ? null : from / MINUTE]);

describe("GitHub Deployments", () => {
  test("that nobody makes say nothing", () => {
    expect(fromDeployments([])).toBeUndefined();
  });

  test.each<[string, [string, number][], [string, number][]]>([
    ["are live from their success on, the newest first", [], [["b", 25]]],
    [
      "that are switched off give way to the one before",
      [["inactive", 40]],
      [
        ["a", 40],
        ["b", 25],
      ],
    ],
  ])("%s", (_, later, before) => {
    const deployments = [
      deployment("b", 20, ["in_progress", 21], ["success", 25], ...later),
      deployment("a", 1, ["success", 3]),
    ];
    expect(minutes(fromDeployments(deployments))).toEqual([...before, ["a", 3]]);
  });

  test("of two jobs that switch each other off are live, though one of long ago was never switched off", () => {
    const off = (sha: string, minute: number, end: number) =>
      deployment(sha, minute, ["success", minute], ["inactive", end]);
    const deployments = [
      off("b", 31, 33),
      off("b", 30, 32),
      off("a", 10, 20),
      deployment("a", 1, ["success", 3]),
    ];
    expect(minutes(fromDeployments(deployments))?.[0]).toEqual(["b", 31]);
  });

  test("that say success once more are back", () => {
    const deployments = [
      deployment("c", 30, ["success", 30], ["inactive", 40]),
      deployment("b", 20, ["success", 20], ["inactive", 30]),
      deployment("a", 1, ["success", 3], ["inactive", 20], ["success", 40]),
    ];
    expect(minutes(fromDeployments(deployments))?.[0]).toEqual(["a", 40]);
  });

  test("that say success once more are back, though the newest was not switched off", () => {
    const deployments = [
      deployment("b", 20, ["success", 20]),
      deployment("a", 1, ["success", 3], ["success", 5], ["inactive", 20], ["success", 40]),
    ];
    expect(minutes(fromDeployments(deployments))).toEqual([
      ["a", 40],
      ["b", 20],
      ["a", 3],
    ]);
  });

  test("that say success twice in a row were not away", () => {
    const deployments = [deployment("a", 1, ["success", 3], ["success", 5])];
    expect(minutes(fromDeployments(deployments))).toEqual([["a", 3]]);
  });

  test("are live by the time of success, not of creation", () => {
    const deployments = [deployment("b", 2, ["success", 9]), deployment("a", 1, ["success", 12])];
    expect(minutes(fromDeployments(deployments))?.[0]).toEqual(["a", 12]);
  });

  test("that failed or are under way have not gone live", () => {
    const deployments = [
      deployment("c", 30),
      deployment("b", 20, ["in_progress", 21], ["failure", 22]),
      deployment("a", 1, ["success", 3]),
    ];
    const production = fromDeployments(deployments);
    expect(minutes(production)).toEqual([["a", 3]]);
    expect(production?.waiting.map(({ sha, state }) => [sha, state])).toEqual([
      ["c", "pending"],
      ["b", "failed"],
    ]);
  });
});
