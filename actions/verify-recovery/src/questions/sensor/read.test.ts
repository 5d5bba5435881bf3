import type { HttpFailureKind } from "@patchpilot/http";
import { makeFailure } from "@patchpilot/http/testing";
import { HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import { contract } from "../../contract.ts";
import type { SensorQuestion } from "../../ports.ts";
import { run } from "../../run.ts";
import { closedCase } from "../../testing/watched.ts";
import { aCase, aWorld, history, NOW, openWorld, type World } from "../../testing/world.ts";
import type { SentryError } from "../case.ts";
import type { OtherIssues, SensorHistory } from "../sources.ts";

const QUIET_SINCE: SensorHistory = {
  others: {
    from: NOW - 9 * 24 * HOUR,
    counts: Array.from({ length: 9 * 288 }, (_, bucket) => (bucket < 9 * 288 - 30 * 12 ? 1 : 0)),
  },
  outcomes: null,
};

/** A run in which the sensor of every project answers so. */
async function runWith(answer: SensorHistory | HttpFailureKind, world: Partial<World> = {}) {
  const asked: (readonly SensorQuestion[])[] = [];
  const readSensor = async (questions: readonly SensorQuestion[]) => {
    asked.push(questions);
    if (typeof answer === "string") throw makeFailure(answer);
    return new Map(questions.map(({ project }) => [project, answer]));
  };
  const ports = openWorld(aWorld({ ...world, ports: { readSensor, ...world.ports } }));
  const { outputs, lines } = await run(contract.inputs.parse({}), ports);
  return { outputs, asked, lines };
}

const NOTHING: SensorHistory = { others: null, outcomes: null };
const inProject = (issue: number, projectId: string) =>
  aCase({ issue, error: { organization: "acme", id: `${issue}`, shortId: `SHOP-${issue}`, projectId } });

describe("the sensor", () => {
  test("is asked about once for all incidents that would close, by project", async () => {
    const cases = [inProject(1, "7"), inProject(2, "7"), inProject(3, "8")];
    const { outputs, asked } = await runWith(NOTHING, { cases });
    expect(outputs.closed).toEqual([1, 2, 3]);
    expect(asked.map((questions) => questions.map(({ project }) => project))).toEqual([["7", "8"]]);
    expect(asked[0]?.[0]?.window.until).toBe(NOW);
  });

  test("warns once of what Sentry refused to say", async () => {
    const cases = [inProject(1, "7"), inProject(2, "8")];
    const { lines } = await runWith({ ...NOTHING, unread: ["Sentry refused the statistics."] }, { cases });
    expect(lines.filter(({ text }) => text.includes("Sentry refused the statistics."))).toMatchObject([
      { level: "warning" },
    ]);
  });

  test("is not asked about where errors go on", async () => {
    const { asked } = await runWith(NOTHING, { errors: () => history(30, 20) });
    expect(asked).toEqual([]);
  });

  test("is not asked about if something else holds the close", async () => {
    const readNeighbours = () => Promise.reject(makeFailure("server"));
    expect((await runWith(NOTHING, { ports: { readNeighbours } })).asked).toEqual([]);
  });

  test("takes no incident with a fix for a sign of life", async () => {
    const waiting = aCase({ issue: 2, phase: "needs-human", merge: null, held: true });
    const { asked } = await runWith(NOTHING, { cases: [aCase({ issue: 1 }), waiting, held(3)] });
    expect(asked[0]?.[0]?.without.map(({ shortId }) => shortId)).toEqual(["SHOP-1", "SHOP-3"]);
  });

  test("leaves out what may be in the project, and names no closed incident that Sentry may not know", async () => {
    const cases = [
      inProject(1, "7"),
      held(2, { id: "2", projectId: null }),
      held(3, { id: "3", projectId: "8" }),
      held(4, { id: null, projectId: "7" }),
    ];
    const { asked } = await runWith(NOTHING, { cases });
    expect(asked[0]?.[0]?.without.map(({ shortId }) => shortId)).toEqual(["SHOP-1", "SHOP-2"]);
  });

  test("leaves at most a hundred incidents out, those that close first", async () => {
    const cases = [...Array.from({ length: 150 }, (_, index) => held(index + 2)), aCase({ issue: 1 })];
    const left = (await runWith(NOTHING, { cases })).asked[0]?.[0]?.without;
    expect([left?.length, left?.[0]?.shortId]).toEqual([100, "SHOP-1"]);
  });

  test("that is silent about all other errors as well holds the close", async () => {
    const { outputs } = await runWith(QUIET_SINCE);
    expect(outputs.closed).toEqual([]);
    expect(outputs.decisions[0]?.reason).toContain("other errors have stopped as well");
  });

  describe("that seems silent", () => {
    const runSilent = async (answer: OtherIssues | HttpFailureKind, world: Partial<World> = {}) => {
      const anchors: number[] = [];
      const readOtherIssues: World["ports"]["readOtherIssues"] = async (questions) => {
        anchors.push(...questions.map(({ anchor }) => anchor));
        if (typeof answer === "string") throw makeFailure(answer);
        return new Map(questions.map(({ project }) => [project, answer]));
      };
      return { ...(await runWith(QUIET_SINCE, { ...world, ports: { readOtherIssues } })), anchors };
    };

    test("is asked about each issue, from the deploy on", async () => {
      const { outputs, anchors } = await runSilent([{ before: 2_000, since: 0 }]);
      expect(outputs.closed).toEqual([]);
      expect(anchors).toHaveLength(1);
      expect(anchors[0]).toBeLessThan(NOW);
    });

    test("is asked from the newest instant on, if incidents of one project are judged from several", async () => {
      const cases = [closedCase(25, { issue: 1 }), closedCase(170, { issue: 2 })];
      const errors = (issue: number) => history(issue === 1 ? 30 : 180);
      const { anchors } = await runSilent([], { cases, errors });
      expect(anchors).toEqual([NOW - 25 * HOUR]);
    });

    test("is doubted still if that is not answered", async () => {
      expect((await runSilent("server")).outputs.closed).toEqual([]);
    });
  });

  test.each<HttpFailureKind>(["server", "rate-limited"])(
    "holds the close while Sentry's answer is %s",
    async (kind) => {
      const { outputs } = await runWith(kind);
      expect(outputs.decisions).toMatchObject([{ decision: "wait" }]);
    },
  );
});

const held = (issue: number, error: Partial<SentryError> = {}) => {
  const known = aCase({ issue, held: true });
  return known.error === null ? known : { ...known, error: { ...known.error, ...error } };
};
