"use strict";

const { disconnect, CommandError } = require("../src/disconnect");

test("removes the enabled projects", async () => {
  const removed = [];
  const api = {
    read: async () => ({ insights: { projects: [{ id: 1, enabled: true }, { id: 2, enabled: false }] } }),
    remove: async (_name, projects) => removed.push(...projects),
  };
  expect(await disconnect(api, "github")).toBe(1);
  expect(removed).toEqual([1]);
});

test("says what it could not do", async () => {
  const api = { read: async () => Promise.reject(new Error("offline")) };
  await expect(disconnect(api, "github")).rejects.toThrow(CommandError);
});
