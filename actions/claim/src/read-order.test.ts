import { workOrderOf } from "@patchpilot/incident/testing";
import { nameAction } from "@patchpilot/owner";
import { describe, expect, it } from "vitest";
import { readOrder } from "./read-order.ts";

const order = workOrderOf();
const dispatched = (payload: unknown) => ({ event: { client_payload: { patchpilot: payload } } });
const refusal = (source: Parameters<typeof readOrder>[0]): string => {
  try {
    readOrder(source);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("The order was taken.");
};

describe("a work order", () => {
  it.each([
    ["of repository_dispatch", dispatched(order)],
    ["of workflow_dispatch", { event: { inputs: { patchpilot: JSON.stringify(order) } } }],
    ["in a file", { file: JSON.stringify(order) }],
  ])("%s is read", (_where, source) => {
    expect(readOrder(source)).toEqual(order);
  });

  it("keeps fields that a newer dispatch wrote", () => {
    expect(readOrder(dispatched({ ...order, colour: "red" }))).toHaveProperty("colour", "red");
  });
});

describe("a run without a work order", () => {
  it.each([
    {},
    { client_payload: null },
    { client_payload: {} },
    { inputs: { patchpilot: "" } },
    { inputs: { patchpilot: 7 } },
    { issue: { number: 12 } },
  ])("is told where claim belongs: %j", (event) => {
    const message = refusal({ event });
    expect(message).toMatch(/no work order|is not JSON/);
  });
});

describe("a work order that dispatch would not have sent", () => {
  it.each([
    ["no object", "a text"],
    ["null", null],
    ["a list", [order]],
    ["another version", { ...order, v: 2 }],
    ["no evidence", { ...order, evidence: undefined }],
    ["an issue that is a text", { ...order, issue: "12" }],
    ["an issue that is none", { ...order, issue: 0 }],
    ["half an attempt", { ...order, attempt: 1.5 }],
    ["a path for a repository", { ...order, repository: "acme/../shop" }],
    ["an address for a repository", { ...order, repository: "https://github.com/acme/shop" }],
    ["a key with more in it", { ...order, key: "pp-4242-12-a1/../../heads/main" }],
    ["suspect files that are no list", { ...order, suspectFiles: "src/a.ts" }],
  ])("is refused: %s", (_what, payload) => {
    expect(refusal(dispatched(payload))).toMatch(
      new RegExp(`is not one that ${nameAction("dispatch")} sends.*Nothing was done\\.$`),
    );
  });

  it.each([
    ["another issue", "pp-4242-13-a1"],
    ["another attempt", "pp-4242-12-a2"],
    ["another repository", "pp-4243-12-a1"],
    ["a second spelling", "pp-4242-012-a1"],
    ["a second spelling of the attempt", "pp-4242-12-a01"],
  ])("is refused where its key names %s", (_what, key) => {
    expect(refusal(dispatched({ ...order, key }))).toMatch(/does not name its own issue and attempt/);
  });

  it("is refused without repeating what it says", () => {
    const hostile = { ...order, evidence: 7, title: "::add-mask::x", repository: "::error::x" };
    expect(refusal(dispatched(hostile))).not.toContain("::");
  });

  it.each([{ file: "{" }, { event: { inputs: { patchpilot: "{" } } }])(
    "is refused as broken JSON: %j",
    (source) => {
      expect(refusal(source)).toMatch(/is not JSON\. Nothing was done\.$/);
    },
  );
});
