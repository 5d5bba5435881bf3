import { HOME, nameAction } from "@patchpilot/owner";
import { expect, test } from "vitest";
import { nameOnMain } from "./name-on-main.ts";

test("a generated file names the same owner in every fork", () => {
  const text = `Before \`${nameAction("dispatch")}\`; see ${HOME}/tree/v1, and refs/patchpilot/claims.`;
  expect(nameOnMain({ path: "action.yml", text }, ["dispatch"]).text).toBe(
    "Before `patchpilot/dispatch`; see https://github.com/patchpilot/patchpilot/tree/v1, and refs/patchpilot/claims.",
  );
});
