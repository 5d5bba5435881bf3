import { expect, test } from "vitest";
import { openTerminal } from "./support/open-terminal.ts";

test("doctor names what is missing, what to do, and what it does not see, and exits with 1", async () => {
  const terminal = await openTerminal();
  const { code, output, complaint } = await terminal.run(["doctor"]);
  expect([code, complaint]).toEqual([1, ""]);
  expect(output).toMatch(/^PatchPilot is not ready: \d+ things to correct\n/);
  expect(output).toMatch(/\n✗ Workflows: .+\n {4}\S/);
  expect(output).toMatch(/\n– .+: Not seen from here: /);
});

test("doctor --json prints each check with the requests behind it", async () => {
  const terminal = await openTerminal();
  const { output } = await terminal.run(["doctor", "--json"]);
  const checks = JSON.parse(output) as { name: string; state: string; asked: string[] }[];
  const right = checks.filter(({ state }) => state === "ok");
  expect(right.length).toBeGreaterThan(3);
  expect(right.filter(({ asked }) => asked.length === 0)).toEqual([]);
});

test("doctor changes nothing", async () => {
  const terminal = await openTerminal();
  await terminal.run(["doctor"]);
  const writes = terminal.test.simulator.requests.filter(
    ({ method, path }) => method !== "GET" && path !== "/graphql",
  );
  expect(writes).toEqual([]);
});

test("the pull request of init has what the account sees, without the files that it brings", async () => {
  const terminal = await openTerminal();
  await terminal.run(["init", "--yes", "--sentry-org", "acme"]);
  const body = terminal.readPull()?.body ?? "";
  expect(body).toContain("| ❌ | The secret `SENTRY_TOKEN` |");
  expect(body).not.toContain("| Workflows |");
});
