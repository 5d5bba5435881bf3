import { HOUR } from "@patchpilot/time";
import { expect, test } from "vitest";
import { aCase, aWorld, NOW, openWorld, SETTINGS } from "../../testing/world.ts";
import { startFacts } from "../fix/read.ts";
import { learnRaised } from "./read.ts";

test("of many releases that raised an error the newest are looked up", async () => {
  const subject = aCase();
  const asked: string[] = [];
  const ports = openWorld(
    aWorld({
      ports: {
        readContainment: (pairs) => {
          asked.push(...pairs.map(({ head }) => head));
          return Promise.resolve(new Map());
        },
      },
    }),
  );
  const commits = Array.from({ length: 30 }, (_, i) => `${10 + i}`.repeat(20));
  const points = commits.map((release, i) => ({ at: NOW - (30 - i) * HOUR, count: 1, release }));
  await learnRaised(
    [{ case: subject, facts: startFacts(subject, 3) }],
    new Map([[subject.issue, { knownFrom: 0, points }]]),
    {
      ports,
      troubles: { lines: [], refused: [] },
      now: NOW,
      settings: SETTINGS,
      exposure: "auto",
      incidents: new Map(),
      cases: [subject],
      oldClients: "wait",
      containments: new Map(),
    },
  );
  expect(asked).toHaveLength(20);
  expect(asked).toEqual(commits.slice(10).reverse());
});
