import { assertNoViolations } from "@patchpilot/simulators/github";
import { HOUR } from "@patchpilot/time";
import { afterEach, expect, test } from "vitest";
import { acceptCrash, type LiveApp, mergeFixes, openLiveApp } from "../../worlds/live-app.ts";
import { openVerifyBundle, readDecided, type VerifyBundle } from "./support/open-verify-bundle.ts";

/** Nobody comes any more since the fix went live: is it an outage, or a night? */

let app: LiveApp;
let bundle: VerifyBundle;
afterEach(async () => {
  assertNoViolations(app.test.simulator);
  await bundle.close();
});

/** An app that has run for so many days, whose fix has been live for an hour with as many sessions as before. */
async function openDeployed(days = 8): Promise<number> {
  app = openLiveApp({ days, teller: "github" });
  const issue = acceptCrash(app, "SHOP-1");
  app.pass(1);
  app.deploy(mergeFixes(app, [issue]));
  app.goOn(1);
  bundle = await openVerifyBundle(app);
  return issue;
}

const look = async (): Promise<string> => (await bundle.verify()).decision?.reason ?? "nothing";
const updates = (issue: number): readonly string[] =>
  app.test.world
    .repository("acme/shop")
    .comments.list()
    .filter(({ issueNumber }) => issueNumber === issue)
    .map(({ updatedAt }) => updatedAt);

test("you are asked at the first look that finds it, once, until visitors are back", async () => {
  const issue = await openDeployed();
  app.test.clock.advance(2 * HOUR);
  expect(await look()).toMatch(/^Nobody has used the app since .*, \d+ (min|h) after fix #2 went live\./);
  expect(readDecided(app.test, issue)).toContain("<summary>Verdict: nobody reaches the app<");
  expect(readDecided(app.test, issue)).toContain("**Next:** Open the app as a visitor would.");
  const asked = updates(issue);
  app.test.clock.advance(HOUR / 2);
  await look();
  expect(updates(issue)).toEqual(asked);
  app.goOn(2);
  expect(await look()).toMatch(/^No error in the first /);
  expect(readDecided(app.test, issue)).not.toContain("Your turn");
});

test("nobody is asked where visitors come as before", async () => {
  await openDeployed();
  app.goOn(2);
  expect(await look()).toMatch(/^No error in the first /);
});

test("nobody is asked where less than a week is known of the app", async () => {
  await openDeployed(3);
  app.test.clock.advance(3 * HOUR);
  expect(await look()).not.toMatch(/^nothing|Nobody has used the app/);
});
