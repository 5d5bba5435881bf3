import { expect, test } from "vitest";
import { judgeStory, type StoryEnding } from "./outcome.ts";

const decided = (decision: string, verdict: string) => ({
  issue: 1,
  decision,
  verdict,
  reason: "",
  eta: null,
});
const accepted: StoryEnding = {
  state: "open",
  labels: ["patchpilot", "patchpilot:accepted"],
  ownComments: 1,
  failedRuns: 0,
  repairRuns: 0,
  decision: undefined,
};

test.each<[string, Partial<StoryEnding>, string]>([
  ["closed by a decision", { state: "closed", decision: decided("close", "recovered") }, "recovered"],
  ["what was asked for is merged", { state: "closed", labels: ["patchpilot", "patchpilot:done"] }, "done"],
  ["closed by somebody else", { state: "closed", decision: decided("wait", "waiting") }, "undecided"],
  ["a fix that does not help", { decision: decided("retry", "failing") }, "failing"],
  ["a fix that helps a little", { decision: decided("wait", "improved") }, "improved"],
  ["no traffic until the cap", { decision: decided("escalate", "inconclusive") }, "inconclusive"],
  ["a person has to look", { labels: ["patchpilot", "patchpilot:needs-human"] }, "needs-human"],
  ["still waiting", { decision: decided("wait", "waiting") }, "undecided"],
  ["nobody took it up", { labels: [], ownComments: 0 }, "ignored"],
  ["ignored because a run broke", { labels: [], ownComments: 0, failedRuns: 1 }, "undecided"],
  ["no label, but a repair", { labels: [], ownComments: 0, repairRuns: 1 }, "undecided"],
])("%s", (_, seen, outcome) => {
  expect(judgeStory({ ...accepted, ...seen })).toBe(outcome);
});
