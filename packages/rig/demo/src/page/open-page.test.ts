import { expect, test } from "vitest";
import { findOpener, openPage } from "./open-page.ts";

test.each(Object.entries({ linux: "xdg-open", freebsd: "xdg-open", darwin: "open", win32: "cmd" }))(
  "on %s the page is opened by %s",
  (platform, command) => {
    expect(findOpener(platform as NodeJS.Platform)[0]).toBe(command);
  },
);

test("a browser that was started has the page", async () => {
  expect(await openPage("/tmp/page.html", [process.execPath, "-e", "process.exit(0)", "--"])).toBe(true);
});

test("an opener that fails is noticed", async () => {
  expect(await openPage("/tmp/page.html", [process.execPath, "-e", "process.exit(3)", "--"])).toBe(false);
});

test("a machine without an opener is noticed", async () => {
  expect(await openPage("/tmp/page.html", ["/nowhere/xdg-open"])).toBe(false);
});
