import { readFileSync } from "node:fs";
import { OUTCOMES } from "@patchpilot/incident";
import { describe, expect, it } from "vitest";
import { SKIP_REASONS } from "./contract.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const firstCells = readme
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|")[1]);

describe("the README", () => {
  it.each(SKIP_REASONS)("explains why an incident is passed over as %s", (reason) => {
    expect(firstCells.some((cell) => cell?.includes(`\`${reason}\``))).toBe(true);
  });

  it.each(OUTCOMES)("explains what becomes of an attempt that ends as %s", (outcome) => {
    expect(firstCells.some((cell) => cell?.includes(`\`${outcome}\``))).toBe(true);
  });
});
