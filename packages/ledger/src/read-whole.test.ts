import type { GitHub, GitHubComment, GitHubIssue } from "@patchpilot/github";
import { incidentRecord } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import { readWhole } from "./read-whole.ts";
import { BOT, commentOf, PERSON, recordComment, SIGNER } from "./testing/comments.ts";
import { githubIssue, labelEvent, withComments, withLabels } from "./testing/issues.ts";

const NAME = { owner: "acme", repo: "shop" };
const BELIEF = { signer: SIGNER, trusted: [] };
type Events = GitHubIssue["timelineItems"]["nodes"];

/** Answers with all comments at once, and with the pages of events one after the other, newest first. */
function readerOf(comments: readonly GitHubComment[], ...pages: Events[]) {
  const asked: string[] = [];
  const query = async (document: string) => {
    const what = document.includes("query Comments") ? "comments" : "events";
    asked.push(what);
    const nodes = pages.shift() ?? [];
    const pageInfo = { hasPreviousPage: pages.length > 0, startCursor: "earlier" };
    const connection =
      what === "comments"
        ? { comments: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: comments } }
        : { timelineItems: { pageInfo, nodes } };
    return { repository: { issue: connection } };
  };
  const read = (issue: GitHubIssue) => readWhole({ query } as unknown as GitHub, NAME, issue, BELIEF);
  return { read, asked };
}

const talk = (count: number, first: number): GitHubComment[] =>
  Array.from({ length: count }, (_, index) => commentOf("thought", { id: `IC_talk${first + index}` }));

describe("a record between the comments that are shown", () => {
  const comments = [
    ...talk(10, 0),
    recordComment("incident", incidentRecord(), { comment: { id: "IC_record" } }),
    ...talk(40, 10),
  ];

  it.each(["patchpilot", "patchpilot:accepted"])("is found where the label %s tells of it", async (label) => {
    const { read, asked } = readerOf(comments);
    const incident = await read(githubIssue({ ...withComments(...comments), labels: withLabels(label) }));
    expect(incident).toMatchObject({ phase: "accepted", records: { duplicates: [] } });
    expect(asked).toEqual(["comments"]);
  });

  it("is not looked for where no label of ours tells of it", async () => {
    const { read, asked } = readerOf(comments);
    const labels = withLabels("bug", "patchpilot:take-on");
    expect((await read(githubIssue({ ...withComments(...comments), labels }))).phase).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it("is looked for where the label shows a phase that the shown ones do not tell", async () => {
    const shown = [recordComment("incident", incidentRecord(), { comment: { id: "IC_0" } }), ...talk(60, 0)];
    const { read, asked } = readerOf(shown);
    await read(githubIssue({ ...withComments(...shown), labels: withLabels("patchpilot:working") }));
    expect(asked).toEqual(["comments"]);
  });
});

describe("nothing is asked", () => {
  it("where all comments are shown, though no record is among them", async () => {
    const { read, asked } = readerOf([]);
    await read(githubIssue({ ...withComments(...talk(50, 0)), labels: withLabels("patchpilot") }));
    expect(asked).toEqual([]);
  });

  it("where people talk much about an incident whose record is shown", async () => {
    const { read, asked } = readerOf([]);
    const shown = [recordComment("incident", incidentRecord(), { comment: { id: "IC_0" } }), ...talk(60, 0)];
    await read(githubIssue({ ...withComments(...shown), labels: withLabels("patchpilot:accepted") }));
    expect(asked).toEqual([]);
  });
});

describe("the event of a command label before those that are shown", () => {
  const TAKE_ON = "patchpilot:take-on";
  const phases = Array.from({ length: 30 }, (_, index) =>
    labelEvent(`LE_p${index}`, "patchpilot:working", BOT),
  );
  const issue = (nodes: Events, ...labels: string[]): GitHubIssue =>
    githubIssue({
      labels: withLabels(...labels),
      timelineItems: { pageInfo: { hasPreviousPage: true, startCursor: "here" }, nodes },
    });

  it("counts, from whatever page", async () => {
    const { read, asked } = readerOf([], phases, [labelEvent("LE_1", TAKE_ON)], phases);
    expect((await read(issue(phases, TAKE_ON))).commands).toMatchObject([{ eventId: "LE_1" }]);
    expect(asked).toEqual(["events", "events"]);
  });

  it("does not count where a person took the label off since", async () => {
    const off = labelEvent("UE_2", TAKE_ON, PERSON, "UnlabeledEvent");
    const { read } = readerOf([], [labelEvent("LE_1", TAKE_ON), off]);
    expect((await read(issue(phases, TAKE_ON))).commands).toEqual([]);
  });

  it.each([
    ["its label is gone", phases, []],
    ["it is shown", [labelEvent("LE_1", TAKE_ON), ...phases], [TAKE_ON]],
  ])("is not looked for where %s", async (_, nodes, labels) => {
    const { read, asked } = readerOf([]);
    await read(issue(nodes, ...labels));
    expect(asked).toEqual([]);
  });

  it("is not looked for where nothing came before, as a bot may have set the label", async () => {
    const { read, asked } = readerOf([]);
    const labels = withLabels(TAKE_ON);
    await read(githubIssue({ labels, timelineItems: { nodes: [labelEvent("LE_1", TAKE_ON, BOT)] } }));
    expect(asked).toEqual([]);
  });

  it("is given up after ten pages", async () => {
    const { read, asked } = readerOf([], ...Array.from({ length: 20 }, () => phases));
    expect((await read(issue(phases, TAKE_ON))).commands).toEqual([]);
    expect(asked).toHaveLength(10);
  });
});
