import type { GitHubComment } from "@patchpilot/github";
import { incidentRecord } from "@patchpilot/incident/testing";
import { describe, expect, it } from "vitest";
import { BOT, commentOf, ISSUE, PERSON, recordComment, SIGNER } from "./testing/comments.ts";
import { githubIssue, labelEvent, withComments, withLabels } from "./testing/issues.ts";
import { toIncident } from "./to-incident.ts";

const BELIEF = { signer: SIGNER, trusted: [] };
const RETRY = "patchpilot:retry";

describe("an incident", () => {
  it("is read from an issue whose comments came in two overlapping pages", () => {
    const record = recordComment("incident", incidentRecord());
    const incident = toIncident(githubIssue(withComments(record)), BELIEF);
    expect(incident).toMatchObject({
      phase: "accepted",
      records: { duplicates: [] },
      number: ISSUE,
    });
  });

  it("was closed by whoever closed it last", () => {
    const closed = (id: string, actor: typeof PERSON) => ({ __typename: "ClosedEvent", id, actor });
    const nodes = [closed("CE_1", PERSON), { __typename: "ReopenedEvent" }, closed("CE_2", BOT)];
    const incident = toIncident(githubIssue({ state: "CLOSED", timelineItems: { nodes } }), BELIEF);
    expect(incident).toMatchObject({ open: false, closedBy: { type: "Bot", id: 41898282 } });
  });
});

describe("the text of an issue", () => {
  it("was changed by its last edit and its last new title", () => {
    const renamed = (at: string) => ({ __typename: "RenamedTitleEvent", id: at, createdAt: at, actor: BOT });
    const edited = { lastEditedAt: "2026-11-21T09:07:00Z", editor: PERSON };
    const nodes = [renamed("2026-11-21T09:05:00Z"), renamed("2026-11-21T09:06:00Z")];
    const { textChanges } = toIncident(githubIssue({ ...edited, timelineItems: { nodes } }), BELIEF);
    expect(textChanges).toMatchObject([
      { at: "2026-11-21T09:07:00Z", actor: { type: "User" } },
      { at: "2026-11-21T09:06:00Z", actor: { type: "Bot" } },
    ]);
  });

  it("may never have been changed", () => {
    expect(toIncident(githubIssue(), BELIEF).textChanges).toEqual([]);
  });
});

describe("a command", () => {
  const commandsOf = (labels: string[], ...nodes: ReturnType<typeof labelEvent>[]) =>
    toIncident(githubIssue({ labels: withLabels(...labels), timelineItems: { nodes } }), BELIEF).commands;

  it("is the newest event of a label that is still there", () => {
    const commands = commandsOf([RETRY], labelEvent("LE_1", RETRY), labelEvent("LE_2", RETRY));
    expect(commands).toMatchObject([{ command: "retry", eventId: "LE_2", actor: { type: "User", id: 77 } }]);
  });

  it("is over once its label is gone", () => {
    expect(commandsOf([], labelEvent("LE_1", RETRY))).toEqual([]);
  });

  it("is not given by a bot", () => {
    expect(commandsOf([RETRY], labelEvent("LE_1", RETRY, BOT))).toEqual([]);
  });

  it("is neither renewed nor revoked by a bot that sets the label again", () => {
    const off = labelEvent("UE_2", RETRY, BOT, "UnlabeledEvent");
    const commands = commandsOf([RETRY], labelEvent("LE_1", RETRY), off, labelEvent("LE_3", RETRY, BOT));
    expect(commands).toMatchObject([{ eventId: "LE_1" }]);
  });

  it("is revoked by a person although a bot sets the label again", () => {
    const off = labelEvent("UE_2", RETRY, PERSON, "UnlabeledEvent");
    expect(commandsOf([RETRY], labelEvent("LE_1", RETRY), off, labelEvent("LE_3", RETRY, BOT))).toEqual([]);
  });

  it.each([
    ["patchpilot:accept", "take-on"],
    ["patchpilot:approved", "go-ahead"],
  ])("is heard by its former name %s", (label, command) => {
    expect(commandsOf([label], labelEvent("LE_1", label))).toMatchObject([{ command, eventId: "LE_1" }]);
  });

  it("counts once, by its newest event, if the issue carries both names", () => {
    const at = (minute: number, name: string) => ({
      ...labelEvent(`LE_${minute}`, name),
      createdAt: `2026-11-21T09:${minute}:00Z`,
    });
    const names = ["patchpilot:take-on", "patchpilot:accept"];
    const given = (...minutes: [number, number]) =>
      commandsOf(names, ...names.map((name, index) => at(minutes[index] ?? 0, name)));
    expect(given(10, 20)).toMatchObject([{ command: "take-on", eventId: "LE_20" }]);
    expect(given(40, 30)).toMatchObject([{ command: "take-on", eventId: "LE_40" }]);
  });

  it("stays given if only its former name is taken off", () => {
    const events = [
      labelEvent("LE_1", "patchpilot:take-on"),
      labelEvent("UE_2", "patchpilot:accept", PERSON, "UnlabeledEvent"),
    ] as const;
    expect(commandsOf(["patchpilot:take-on"], ...events)).toMatchObject([{ eventId: "LE_1" }]);
  });

  it("is not mistaken for another label's event", () => {
    expect(commandsOf([RETRY], labelEvent("LE_1", "patchpilot:take-on"))).toEqual([]);
  });
});

describe("when a person last spoke up", () => {
  const RECORD = recordComment("incident", incidentRecord());
  const lastWordOf = (comments: Partial<GitHubComment>[], ...nodes: ReturnType<typeof labelEvent>[]) => {
    const said = comments.map((changes, index) =>
      commentOf("Hm.", { id: `IC_${index + 2}`, author: PERSON, viewerDidAuthor: false, ...changes }),
    );
    const issue = githubIssue({ ...withComments(RECORD, ...said), timelineItems: { nodes } });
    return toIncident(issue, BELIEF).lastWordAt;
  };
  const EARLY = "2026-11-21T09:01:00Z";
  const LATE = "2026-11-21T09:09:00Z";

  it("is the newest of comments and commands", () => {
    expect(lastWordOf([{ createdAt: LATE }, { createdAt: EARLY }])).toBe(LATE);
    expect(lastWordOf([{ createdAt: EARLY }], labelEvent("LE_1", RETRY))).toBe("2026-11-21T09:05:00Z");
  });

  it.each([
    ["a bot", { author: BOT }],
    ["the account that writes records", { viewerDidAuthor: true }],
    ["someone whose comment was hidden", { isMinimized: true }],
  ])("is not shown by %s", (_, changes) => {
    expect(lastWordOf([changes])).toBeUndefined();
  });

  it("is not shown by other labels, or by a bot's", () => {
    expect(lastWordOf([], labelEvent("LE_1", "bug"), labelEvent("LE_2", RETRY, BOT))).toBeUndefined();
  });
});

const T = (minute: number): string => `2026-11-21T09:${String(minute).padStart(2, "0")}:00Z`;
const saidBy = (author: GitHubComment["author"], body: string, changes: Partial<GitHubComment> = {}) =>
  commentOf(body, { id: `IC_${body.length}`, author, viewerDidAuthor: false, ...changes });

describe("a command in a comment", () => {
  const RECORD = recordComment("incident", incidentRecord());
  const spokenIn = (...comments: GitHubComment[]) =>
    toIncident(githubIssue(withComments(RECORD, ...comments)), BELIEF).spoken;

  it("is heard with its words, its author and its instant", () => {
    const comment = saidBy(PERSON, "/patchpilot answer use the older API", { id: "IC_7", createdAt: T(7) });
    expect(spokenIn(comment)).toEqual([
      {
        name: "answer",
        words: "use the older API",
        commentId: "IC_7",
        at: T(7),
        author: { type: "User", id: 77, login: "maya" },
      },
    ]);
  });

  it("comes after those that were given before it", () => {
    const late = saidBy(PERSON, "/patchpilot approve", { createdAt: T(9) });
    const early = saidBy(PERSON, "/patchpilot retry", { createdAt: T(2) });
    expect(spokenIn(late, early)?.map(({ name }) => name)).toEqual(["retry", "approve"]);
  });

  it.each([
    ["a bot", { author: BOT }],
    ["nobody that is left", { author: null }],
    ["someone whose comment was edited by another", { editor: BOT }],
    ["someone who has edited it since", { lastEditedAt: T(8) }],
    ["someone whose comment is hidden", { isMinimized: true }],
  ])("is not heard from %s", (_, changes) => {
    expect(spokenIn(saidBy(PERSON, "/patchpilot retry", changes))).toBeUndefined();
  });

  it("is no other text", () => {
    expect(spokenIn(saidBy(PERSON, "Could you retry?"))).toBeUndefined();
  });

  it("is not looked for where there is no incident", () => {
    const issue = githubIssue(withComments(saidBy(PERSON, "/patchpilot retry")));
    expect(toIncident(issue, BELIEF)).not.toHaveProperty("spoken");
  });
});

describe("what people said on an issue that someone wants to be taken on", () => {
  const TAKE_ON = "patchpilot:take-on";
  const askedIssue = (total: number, ...comments: GitHubComment[]) =>
    githubIssue({
      labels: withLabels(TAKE_ON, RETRY),
      timelineItems: { nodes: [labelEvent("LE_1", TAKE_ON), labelEvent("LE_2", RETRY)] },
      firstComments: { nodes: comments },
      lastComments: { totalCount: total, nodes: [] },
    });
  const discussionOf = (...comments: GitHubComment[]) =>
    toIncident(askedIssue(comments.length, ...comments), BELIEF).discussion;

  it("is kept in the order in which it was said, with its last edit", () => {
    const edited = { createdAt: T(9), lastEditedAt: T(20), editor: PERSON };
    const discussion = discussionOf(
      saidBy(PERSON, "The cart is empty.", edited),
      saidBy(PERSON, "Since noon.", { createdAt: T(3) }),
    );
    const author = { type: "User", id: 77, login: "maya" };
    expect(discussion).toEqual({
      comments: [
        { author, text: "Since noon.", at: T(3), edit: null },
        { author, text: "The cart is empty.", at: T(9), edit: { at: T(20), by: "maya" } },
      ],
      leftOut: 0,
    });
  });

  it("was edited by nobody that is left where GitHub names no editor", () => {
    const discussion = discussionOf(saidBy(PERSON, "It is down.", { lastEditedAt: T(4), editor: null }));
    expect(discussion?.comments[0]?.edit).toEqual({ at: T(4), by: null });
  });

  it.each([
    ["a bot", { author: BOT }],
    ["an account that is gone", { author: null }],
    ["someone whose comment is hidden", { isMinimized: true }],
    ["someone who wrote nothing", { body: " \n" }],
  ])("leaves out %s", (_, changes) => {
    expect(discussionOf(saidBy(PERSON, "It is down.", changes))?.comments).toEqual([]);
  });

  it("counts the comments that were not read", () => {
    const { discussion } = toIncident(askedIssue(31, saidBy(PERSON, "It is down.")), BELIEF);
    expect(discussion?.leftOut).toBe(30);
  });

  it("is not kept where only another command was given", () => {
    const issue = githubIssue({
      ...withComments(saidBy(PERSON, "It is down.")),
      labels: withLabels(RETRY),
      timelineItems: { nodes: [labelEvent("LE_1", RETRY)] },
    });
    expect(toIncident(issue, BELIEF)).not.toHaveProperty("discussion");
  });
});

describe("the last close and reopening of an issue", () => {
  const event = (kind: string, minute: number, actor: typeof PERSON) => ({
    __typename: kind,
    id: `E_${minute}`,
    createdAt: T(minute),
    actor,
  });
  const incidentAfter = (...nodes: ReturnType<typeof event>[]) =>
    toIncident(githubIssue({ timelineItems: { nodes } }), BELIEF);

  it("are found whatever came later", () => {
    const renamed = event("RenamedTitleEvent", 9, PERSON);
    expect(
      incidentAfter(event("ClosedEvent", 1, BOT), event("ReopenedEvent", 2, PERSON), renamed),
    ).toMatchObject({ closedBy: { type: "Bot" }, reopenedBy: { type: "User" }, reopenedAt: T(2) });
  });

  it("are nobody's where there was none", () => {
    expect(incidentAfter()).toMatchObject({ closedBy: null, reopenedBy: null, reopenedAt: null });
  });
});
