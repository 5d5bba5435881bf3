import { expect, test } from "vitest";
import { picture, planSections } from "./house-plan.ts";
import { EXAMPLE_WORKSPACES } from "./testing/example-workspaces.ts";

const lines = picture(EXAMPLE_WORKSPACES)
  .split("\n")
  .map((line) => line.trim());

test("the picture draws each arrow between shipped packages, and those of all actions from one node", () => {
  expect(lines).toContain("vercel --> http");
  expect(lines).toContain("actions --> incident");
  expect(lines).toContain("actions --> vercel");
});

test("the picture draws the rig's own arrows and one to the actions, and none to a shipped package", () => {
  expect(lines).toContain("conformance --> simulators");
  expect(lines).toContain("rig -.-> actions");
  expect(lines).not.toContain("conformance --> incident");
});

test("the picture draws no arrow to a package that every room may import", () => {
  expect(lines).toContain('time["time"]');
  expect(lines).not.toContain("http --> time");
});

test("every workspace is in the picture and in one table", () => {
  const { picture: drawn = "", ...tables } = planSections(EXAMPLE_WORKSPACES);
  const text = Object.values(tables).join("\n");
  for (const { name, description } of EXAMPLE_WORKSPACES) {
    expect(drawn).toContain(name);
    expect(text.split(description)).toHaveLength(2);
  }
});
