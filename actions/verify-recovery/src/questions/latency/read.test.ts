import { HOUR, WEEK } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { decideRecovery } from "../../decide.ts";
import type { OperationQuestion, VerifyPorts } from "../../ports.ts";
import { gatherIn, slowCase, slowHistory, slowWorld } from "../../testing/slow.ts";
import { LIVE, NOW, OLD, SETTINGS, type World } from "../../testing/world.ts";
import type { OperationHistory, ReleaseRequests } from "../sources.ts";

const [FAST, SLOW] = [undefined, { p95: 500, above: 22 }];

type Releases = (issue: number, window: { from: number }) => readonly ReleaseRequests[] | undefined;

/** A slow operation whose fix has been live for so many hours, and what is asked of its releases. */
function open(
  hours: number,
  since: Parameters<typeof slowWorld>[1],
  releases: Releases,
  more: Partial<World> & { readonly fixed?: Partial<OperationHistory> } = {},
) {
  const { fixed, ...given } = more;
  const asked: string[] = [];
  const ports: Partial<VerifyPorts> = {
    readOperations: (questions) => {
      const narrowed = questions.some((question) => question.releases !== undefined);
      asked.push(narrowed ? `hours of ${questions.map(list).join(" and ")}` : "hours");
      const history = narrowed ? { ...slowHistory(hours), ...fixed } : slowHistory(hours, since);
      return Promise.resolve(new Map(questions.map(({ issue }) => [issue, history])));
    },
    readOperationReleases: (questions, window) => {
      asked.push(window.from < NOW - hours * HOUR - HOUR ? "releases before" : "releases");
      const rows = questions.map(({ issue }) => [issue, releases(issue, window)] as const);
      return Promise.resolve(new Map(rows.flatMap(([issue, row]) => (row ? [[issue, row]] : []))));
    },
    readTraced: (_, window) => {
      asked.push(window.until < NOW - HOUR ? "operations before" : "operations");
      return Promise.resolve([]);
    },
  };
  const world = slowWorld(hours, since, { ...given, ports: { ...ports, ...given.ports } });
  return { world, asked };
}

const list = ({ releases = [] }: OperationQuestion) => releases.map((name) => name.slice(0, 2)).join("+");

async function decide({ world, asked }: ReturnType<typeof open>) {
  const gathered = await gatherIn(world);
  const decisions = gathered.map(({ facts }) => decideRecovery(facts, NOW, SETTINGS));
  return {
    asked,
    said: decisions.map(({ decision, verdict, reason }) => `${decision}: ${verdict}: ${reason}`),
  };
}

const both = () => [
  { release: LIVE, samples: 300 },
  { release: OLD, samples: 300 },
];
const none = () => [{ release: null, samples: 600 }];

describe("what is asked of a slow operation", () => {
  test.each<[string, number, Parameters<typeof slowWorld>[1], Releases, string[]]>([
    ["too few requests", 1, SLOW, both, ["hours"]],
    ["nothing decided, and no more slow requests than normal", 2, FAST, both, ["hours"]],
    ["no request that names a release", 12, FAST, none, ["hours", "releases"]],
    ["the fix everywhere", 12, FAST, () => [{ release: LIVE, samples: 600 }], ["hours", "releases"]],
    ["the fix nowhere", 12, SLOW, () => [{ release: OLD, samples: 600 }], ["hours", "releases"]],
    ["the fix here and there", 12, SLOW, both, ["hours", "releases", "hours of a1"]],
    ["no requests any more", 12, { samples: 0 }, both, ["hours", "operations before", "operations"]],
  ])("is no more than is needed with %s", async (_, hours, since, releases, expected) => {
    expect((await decide(open(hours, since, releases))).asked).toEqual(expected);
  });

  test("is asked of all at once", async () => {
    const cases = [slowCase(), slowCase({ issue: 13 }), slowCase({ issue: 14 })];
    const { asked } = await decide(open(12, SLOW, both, { cases }));
    expect(asked).toEqual(["hours", "releases", "hours of a1 and a1 and a1"]);
  });

  test("goes back before the merge if a name holds no commit", async () => {
    const names: Releases = (_, { from }) =>
      from < NOW - WEEK
        ? [{ release: "shop@4.2.0", samples: 900 }]
        : [
            { release: "shop@4.2.0", samples: 300 },
            { release: "shop@4.3.0", samples: 300 },
          ];
    const { asked, said } = await decide(open(12, SLOW, names));
    expect(asked).toEqual(["hours", "releases", "releases before", "hours of sh"]);
    expect(said[0]).toMatch(/of releases with the fix/);
  });
});

describe("an answer of which a part is lacking", () => {
  test("decides nothing where it is that of the releases with the fix", async () => {
    const { said } = await decide(open(12, SLOW, both, { fixed: { partial: true } }));
    expect(said[0]).toMatch(/^wait: unknown: .*a part of its data/);
  });

  test("leaves the operation undivided where the table is not told", async () => {
    const { said } = await decide(open(12, FAST, () => undefined));
    expect(said[0]).toMatch(/^close: recovered/);
  });

  test("takes no old version for one that came with the deploy", async () => {
    const names: Releases = (_, { from }) =>
      from < NOW - WEEK
        ? undefined
        : [
            { release: "shop@4.2.0", samples: 300 },
            { release: OLD, samples: 300 },
          ];
    const { asked } = await decide(open(12, FAST, names));
    expect(asked).toEqual(["hours", "releases", "releases before"]);
  });
});
