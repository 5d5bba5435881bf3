import { expect, test } from "vitest";
import { finish } from "./run";

test("a fatal failure is loud", () => {
  const details = { data: { message: "no disk" } };
  expect(finish([{ code: "fatal.io", details }, { code: "io", details }])).toEqual(["FATAL.IO: NO DISK", "io: no disk"]);
});
