import type { Job } from "@patchpilot/action-kit";
import { expect, it } from "vitest";
import { connect } from "./connect.ts";
import type { ClaimInputs } from "./contract.ts";

it("says which input names a work order that is not there, and what else to do", () => {
  const environment = { repository: "acme/shop", temporaryFolder: "/tmp", apiUrl: "" };
  const job = { environment, secrets: {} } as unknown as Job;
  const { readFile } = connect({ "github-token": "t" } as ClaimInputs, job, { fetch });
  expect(() => readFile("no/such/order.json")).toThrow(
    /no\/such\/order\.json in `work-order` cannot be read \(ENOENT\)\. Leave the input out/,
  );
});
