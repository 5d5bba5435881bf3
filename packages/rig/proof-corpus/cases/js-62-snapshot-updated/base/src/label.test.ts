import { expect, test } from "vitest";
import { labelOf } from "./field";

test("a label", () => {
  expect(labelOf("firstName")).toMatchSnapshot();
});
