import { expect, test } from "vitest";
import { useField } from "./form";

test("a prefix leads the path", () => {
  expect(useField("firstName", { prefix: "user" })).toEqual({ path: "user.firstName", label: "first name" });
});
