import type { Job } from "@patchpilot/action-kit";
import { describe, expect, it } from "vitest";
import { connect } from "./connect.ts";
import { inputsOf } from "./testing/fake-ports.ts";

const jobWith = (event: Job["environment"]["event"]): Job => ({
  environment: {
    apiUrl: "https://api.github.com",
    graphqlUrl: "https://api.github.com/graphql",
    serverUrl: "https://github.com",
    repository: "acme/shop",
    repositoryId: "4242",
    runId: "1",
    runAttempt: 1,
    actor: "sentry[bot]",
    sha: "",
    eventName: "issues",
    event,
    temporaryFolder: "",
    workspace: "",
  },
  secrets: {},
});

describe("the event's issue", () => {
  it.each([
    ["is looked at where its repository holds the incidents", "ACME/shop", { number: 12 }, 12],
    [
      "is not taken for the issue of that number in another repository",
      "acme/incidents",
      { number: 12 },
      undefined,
    ],
    ["is none where it is a pull request", "acme/shop", { number: 12, pull_request: {} }, undefined],
  ])("%s", (_, repository, issue, expected) => {
    const inputs = inputsOf({ repository, "github-token": "token" });
    expect(connect(inputs, jobWith({ issue })).eventIssue).toBe(expected);
  });
});
