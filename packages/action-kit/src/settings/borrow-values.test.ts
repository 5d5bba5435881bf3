import { expect, it } from "vitest";
import * as z from "zod";
import { defineContract } from "../contract.ts";
import { text } from "../inputs.ts";
import { borrowValues } from "./borrow-values.ts";

const contract = defineContract({
  name: "doctor",
  version: "1.2.0",
  title: "",
  description: "",
  icon: "",
  color: "blue",
  needs: "",
  permissions: [],
  inputs: z.object({
    workflow: text("").meta({ description: "", like: "dispatch" }),
    own: text(""),
  }),
  outputs: z.object({}),
});

it.each([
  [{ dispatch: { workflow: "own.yml", own: "x" } }, { workflow: "own.yml" }],
  [{ dispatch: { workflow: "own.yml" }, doctor: { workflow: "mine.yml" } }, {}],
  [{ intake: { workflow: "other.yml" } }, {}],
  [{ dispatch: "own.yml" }, {}],
  [{}, {}],
])("of %j counts %j", (file, values) => {
  expect(borrowValues(file, contract)).toEqual(values);
});
