import assert from "node:assert/strict";
import test from "node:test";
import { createApp } from "../src/server.js";

test("a parameter is decoded", () => {
  const app = createApp();
  app.get("/users/:name", ({ name }) => `hello ${name}`);
  assert.deepEqual(app.handle("/users/J%C3%B6rg"), { status: 200, body: "hello Jörg" });
});

test("an unknown path is not found", () => {
  assert.equal(createApp().handle("/nothing").status, 404);
});
