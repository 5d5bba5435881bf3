import type { Job } from "@patchpilot/action-kit";
import { expect, it } from "vitest";
import { connect } from "./connect.ts";
import type { DispatchInputs } from "./contract.ts";

it.each([
  [undefined, [12]],
  ["Acme/Shop", [12]],
  ["acme/incidents", undefined],
])(
  "the event's issue is served only if %s, which holds the incidents, is the workflow's repository",
  (repository, issues) => {
    const environment = { repository: "acme/shop", apiUrl: "", event: { issue: { number: 12 } } };
    const inputs = { "github-token": "t", issues: "auto", repository, "trusted-authors": [] };
    const job = { environment, secrets: {} } as unknown as Job;
    expect(connect(inputs as unknown as DispatchInputs, job, { fetch }).namedIssues).toEqual(issues);
  },
);
