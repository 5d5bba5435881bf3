"use strict";

const { join } = require("node:path");
const { analyse } = require("../src/analyse");

test("lists the entry points by name", () => {
  const found = analyse(join(__dirname, "fixtures/with-exports.json"));
  expect(found).toEqual({ name: "with-exports", entryPoints: [".", "./b"] });
});
