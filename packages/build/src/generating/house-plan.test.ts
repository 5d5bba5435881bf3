import { expect, test } from "vitest";
import { planSections } from "./house-plan.ts";
import { EXAMPLE_WORKSPACES } from "./testing/example-workspaces.ts";

const sections = planSections(EXAMPLE_WORKSPACES);
const linesOf = (name: string) => (sections[name] ?? "").split("\n").map((line) => line.trim());

test("the picture draws each arrow between shipped packages, and those of all actions from one node", () => {
  const lines = linesOf("picture");
  expect(lines).toContain("vercel --> http");
  expect(lines).toContain("actions --> incident");
  expect(lines).toContain("actions --> vercel");
  expect(lines).not.toContain("build --> incident");
});

test("the rig's picture draws its own arrows, those to the makers and one to the actions", () => {
  const lines = linesOf("rig-picture");
  expect(lines).toContain("conformance --> simulators");
  expect(lines).toContain("simulators --> build");
  expect(lines).toContain("rig -.-> actions");
  expect(lines).not.toContain("conformance --> incident");
});

test.each([
  ["picture", 4],
  ["rig-picture", 2],
])("in the %s each of %i groups has its end, and an arrow is drawn once", (name, groups) => {
  const lines = linesOf(name);
  const arrows = lines.filter((line) => line.includes("->"));
  expect(lines.filter((line) => line.startsWith("subgraph "))).toHaveLength(groups);
  expect(lines.filter((line) => line === "end")).toHaveLength(groups);
  expect(arrows).toEqual([...new Set(arrows)]);
});

test("the picture draws no arrow to a package that every room may import", () => {
  expect(linesOf("picture")).toContain('time["time"]');
  expect(linesOf("picture")).not.toContain("http --> time");
});

test("every workspace is in a picture and in one table", () => {
  const { picture = "", "rig-picture": ofRig = "", ...tables } = sections;
  const text = Object.values(tables).join("\n");
  for (const { name, description } of EXAMPLE_WORKSPACES) {
    expect(picture + ofRig).toContain(name);
    expect(text.split(description)).toHaveLength(2);
  }
});

test("without the rig the other sections are the same", () => {
  const { "rig-picture": _, rig: __, ...product } = sections;
  expect(planSections(EXAMPLE_WORKSPACES.filter(({ kind }) => kind !== "rig"))).toEqual(product);
});
