import { MINUTE } from "@patchpilot/time";
import type { Deployment, VercelProduction as VercelProject } from "@patchpilot/vercel";
import { describe, expect, test } from "vitest";
import { fromVercel } from "./vercel-production.ts";

const minute = (count: number) => new Date(count * MINUTE);
const deployment = (id: string, more: Partial<Deployment> = {}): Deployment => ({
  id,
  sha: `${id}-sha`,
  branch: "main",
  target: "production",
  state: "promoted",
  createdAt: minute(1),
  readyAt: undefined,
  aliasedAt: undefined,
  failure: undefined,
  inspectorUrl: undefined,
  ...more,
});
const project = (more: Partial<VercelProject>): VercelProject => ({
  projectId: "prj_1",
  projectName: "shop",
  live: undefined,
  rollback: undefined,
  promotesItself: true,
  notices: [],
  ...more,
});
const live = (id: string, since: number) => ({
  id,
  sha: `${id}-sha`,
  branch: "main",
  liveSince: minute(since),
});
const minutes = ({ history }: ReturnType<typeof fromVercel>) =>
  history.map(({ sha, from }) => [sha, from === null ? null : from / MINUTE]);

describe("a Vercel project", () => {
  const both = [deployment("b", { aliasedAt: minute(9) }), deployment("a", { aliasedAt: minute(3) })];

  test.each([
    ["serves what its domains point to, and served what was promoted before", "b", 9, "b 9, a 3"],
    ["served a deployment twice that a rollback brought back", "a", 20, "a 20, b 9, a 3"],
    ["serves a deployment from when it came back, whatever interrupted it", "b", 20, "b 20, a 3"],
  ])("%s", (_, id, since, history) => {
    const served = minutes(fromVercel(project({ live: live(id, since) }), both));
    expect(served.map(([sha, from]) => `${String(sha).replace("-sha", "")} ${from}`).join(", ")).toBe(
      history,
    );
  });

  test("served nothing before if the list holds the live deployment alone", () => {
    const history = minutes(fromVercel(project({ live: live("b", 20) }), both.slice(0, 1)));
    expect(history).toEqual([["b-sha", 20]]);
  });

  test("that serves nothing yet has no history", () => {
    expect(fromVercel(project({}), [deployment("a", { state: "building" })]).history).toEqual([]);
  });

  test("keeps what is built but not shown to visitors apart, and says why", () => {
    const rollback = { at: minute(20), fromId: "b", toId: "a" };
    const list = [deployment("c", { state: "staged" })];
    const { waiting } = fromVercel(project({ live: live("a", 20), rollback }), list);
    expect(waiting).toMatchObject([
      { sha: "c-sha", state: "staged", detail: expect.stringContaining("rolled back") },
    ]);
  });

  test("names why a deployment failed", () => {
    const failure = { reason: "build-failed", sentence: "Vercel could not build it: exit 1." } as const;
    const { waiting } = fromVercel(project({}), [deployment("a", { state: "failed", failure })]);
    expect(waiting).toMatchObject([{ state: "failed", detail: expect.stringContaining("exit 1") }]);
  });

  test("tells a build that was canceled or ignored from one that failed", () => {
    const failure = { reason: "canceled", sentence: "It was canceled: Ignored Build Step." } as const;
    const { waiting } = fromVercel(project({}), [deployment("a", { state: "failed", failure })]);
    expect(waiting).toMatchObject([
      { state: "canceled", detail: expect.stringContaining("Ignored Build Step") },
    ]);
  });

  test("leaves previews out", () => {
    expect(
      fromVercel(project({}), [deployment("a", { state: "building", target: "other" })]).waiting,
    ).toEqual([]);
  });
});
