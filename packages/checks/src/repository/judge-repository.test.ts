import { describe, expect, it } from "vitest";
import { answered, refusal } from "../testing/answers.ts";
import type { RepositoryFacts, RepositorySettings } from "./facts.ts";
import { judgeRepository } from "./judge-repository.ts";

const SETTINGS: RepositorySettings = {
  "state-key": "k".repeat(64),
  "event-type": "patchpilot-repair",
  workflow: "patchpilot-repair.yml",
  agent: "claude-code",
  via: "repository_dispatch",
  "trusted-authors": [],
  stopped: false,
};
const forbidden = refusal("forbidden");
const REPAIR = {
  path: ".github/workflows/patchpilot-repair.yml",
  state: "active",
  text: 'run-name: "${{ github.event.client_payload.patchpilot.key }}"\non:\n  repository_dispatch:\n    types: [patchpilot-repair]\n',
};
const RIGHT: RepositoryFacts = {
  visibility: answered("private"),
  labels: answered(0),
  refs: answered(undefined),
  pulls: answered(0),
  workflows: answered([REPAIR]),
  repair: answered(REPAIR),
  options: answered(undefined),
  records: answered({ believed: 0, rejected: 0 }),
};

const judge = (facts: Partial<RepositoryFacts> = {}, settings: Partial<RepositorySettings> = {}) =>
  judgeRepository({ ...SETTINGS, ...settings }, { ...RIGHT, ...facts });
const stateOf = (name: string, ...rest: Parameters<typeof judge>): string | undefined =>
  judge(...rest).find((check) => check.name === name)?.state;

describe("a repository that is set up right", () => {
  it("has nothing missing, and does not claim to see GitHub's setting for pull requests", () => {
    const states = judge().map(({ name, state }) => [name, state]);
    expect(states.filter(([, state]) => state !== "ok")).toEqual([["Opening pull requests", "unseen"]]);
  });
});

describe("the record key", () => {
  it.each([
    ["is absent", undefined],
    ["is short", "short"],
    ["is short in one of two", `${"k".repeat(64)},short`],
  ])("%s", (_, stateKey) => {
    expect(stateOf("Record key", {}, { "state-key": stateKey })).toBe("missing");
  });

  it("did not sign the records that are there", () => {
    expect(stateOf("Record key", { records: answered({ believed: 0, rejected: 2 }) })).toBe("missing");
  });

  it("signed them", () => {
    expect(stateOf("Record key", { records: answered({ believed: 2, rejected: 0 }) })).toBe("ok");
  });
});

describe("a permission", () => {
  it.each([
    ["Permission `issues: write`", { labels: forbidden }],
    ["Permission `contents: write`", { refs: forbidden }],
    ["Permission `contents: write`", { refs: answered("a ruleset forbids it") }],
    ["Permission `pull-requests: read`", { pulls: forbidden }],
    ["Permission `actions: read`", { workflows: forbidden }],
  ] as const)("%s is missing where GitHub refuses", (name, facts) => {
    expect(stateOf(name, facts)).toBe("missing");
  });

  it.each(["Permission `issues: write`", "Permission `contents: write`"])(
    "%s is not seen where nothing may be written",
    (name) => {
      const { labels, refs, ...read } = RIGHT;
      expect(
        labels && refs && judgeRepository(SETTINGS, read).find((check) => check.name === name)?.state,
      ).toBe("unseen");
    },
  );
});

describe("the repair workflow", () => {
  it.each([
    ["is not there", answered(undefined)],
    ["is switched off", answered({ ...REPAIR, state: "disabled_manually" })],
    ["hears another event", answered({ ...REPAIR, text: REPAIR.text.replace("-repair]", "]") })],
    ["does not name its runs", answered({ ...REPAIR, text: REPAIR.text.replace("run-name", "name") })],
  ])("%s", (_, repair) => {
    expect(stateOf("Repair workflow", { repair })).toBe("missing");
  });

  it.each([
    ["uses: patchpilot/patchpilot/.github/workflows/repair.yml@v1", "missing"],
    ["uses: ./.github/workflows/own.yml", "ok"],
  ])("%s with an agent of another name is %s", (uses, state) => {
    const repair = answered({ ...REPAIR, text: `${REPAIR.text}${uses}\n` });
    expect(stateOf("Repair workflow", { repair }, { agent: "claude" })).toBe(state);
  });

  it("in another repository is not seen", () => {
    expect(stateOf("Repair workflow", {}, { "target-repository": "acme/app" })).toBe("unseen");
  });
});

it.each([
  [["autonomy", "limit"], "sets `autonomy`, `limit`."],
  [[], "sets nothing."],
  [undefined, "is not there, so every option has its default."],
])("options %j are shown", (options, found) => {
  const check = judge({ options: answered(options) }).find(({ name }) => name === "Options");
  expect(check).toMatchObject({ state: "ok", found: expect.stringContaining(found) });
});

it("a public repository is to know", () => {
  expect(stateOf("Repository", { visibility: answered("public") })).toBe("attention");
});
