import { assertNoViolations } from "@patchpilot/simulators/github";
import { afterEach, describe, expect, test } from "vitest";
import { type FailingApp, findHead, openFailingApp } from "../../worlds/live-app.ts";
import { openVerifyBundle, type VerifyBundle } from "./support/open-verify-bundle.ts";

/** What production runs is a question of what commits do, not only of which commits there are. */

let app: FailingApp;
let bundle: VerifyBundle;
afterEach(async () => {
  await bundle.close();
  assertNoViolations(app.test.simulator);
});

async function openRepaired(): Promise<string> {
  app = openFailingApp({ teller: "github" });
  bundle = await openVerifyBundle(app);
  return app.repair();
}
const FIXED = "export const total = 2;\n";
const BROKEN = "export const total = 1;\n";
const push = (message: string, content: string, branch = "main") =>
  app.test.world.as("maya").push({ branch, message, files: { "src/checkout.ts": content } });
const revert = (sha: string, content = BROKEN) =>
  push(`Revert "Fix"\n\nThis reverts commit ${sha}.`, content);

describe("a fix that was reverted", () => {
  test("is named as such, and orders no attempt while the errors go on", async () => {
    const fix = await openRepaired();
    app.deploy(revert(fix));
    app.goOn(6, { crashEvery: 5 });
    const { decision, issues } = await bundle.verify();
    expect(decision).toMatchObject({ decision: "wait", verdict: "not-deployed" });
    expect(decision?.reason).toContain("was reverted by");
    expect(issues).toEqual([]);
  });

  test("stays out however many commits come after", async () => {
    const fix = await openRepaired();
    revert(fix);
    for (let count = 0; count < 130; count += 1) push(`Change ${count}`, BROKEN);
    app.deploy(findHead(app));
    app.goOn(6);
    const { decision } = await bundle.verify();
    expect(decision?.reason).toContain("was reverted by");
  });

  test("is verified as before once it was landed again", async () => {
    const fix = await openRepaired();
    const out = revert(fix);
    app.deploy(out);
    app.goOn(2, { crashEvery: 5 });
    app.deploy(revert(out, FIXED));
    app.goOn(8);
    expect((await bundle.verify()).closed).toEqual([app.issue]);
  });

  test("is not taken for reverted by the revert of something else", async () => {
    const fix = await openRepaired();
    const other = push("Unrelated", "export const total = 3;\n");
    app.deploy(push(`Revert "Unrelated"\n\nThis reverts commit ${other}.\nSee ${fix}.`, FIXED));
    app.goOn(8);
    expect((await bundle.verify()).closed).toEqual([app.issue]);
  });

  test("in a branch that is not deployed stays", async () => {
    const fix = await openRepaired();
    app.test.world.as("maya").createRef("refs/heads/try", findHead(app));
    push(`Revert "Fix"\n\nThis reverts commit ${fix}.`, BROKEN, "try");
    app.deploy(fix);
    app.goOn(8);
    expect((await bundle.verify()).closed).toEqual([app.issue]);
  });
});

describe("a release branch that has the fix under another name", () => {
  async function openReleased(message: (fix: string) => string, content: string): Promise<void> {
    app = openFailingApp({ teller: "github" });
    bundle = await openVerifyBundle(app);
    app.test.world.as("maya").createRef("refs/heads/release/1.2", findHead(app));
    const fix = await app.repair();
    app.pass(1);
    app.deploy(push(message(fix), content, "release/1.2"));
    app.goOn(8);
  }

  test("is known by the trailer of the pick", async () => {
    await openReleased(
      (fix) => `Guard the total\n\n(cherry picked from commit ${fix})`,
      "export const total = 9;\n",
    );
    expect((await bundle.verify()).closed).toEqual([app.issue]);
  });

  test("is not believed for a trailer over another change, and asks within a day", async () => {
    app = openFailingApp({ teller: "github" });
    bundle = await openVerifyBundle(app);
    const maya = app.test.world.as("maya");
    maya.createRef("refs/heads/release/1.2", findHead(app));
    const message = `Guard the total\n\n(cherry picked from commit ${await app.repair()})`;
    app.deploy(maya.push({ branch: "release/1.2", message, files: { "src/other.ts": "export {};\n" } }));
    app.goOn(8);
    expect((await bundle.verify()).decision).toMatchObject({ decision: "wait", verdict: "unknown" });
    app.goOn(24);
    expect((await bundle.verify()).decision).toMatchObject({ decision: "escalate", verdict: "inconclusive" });
  });

  test("is not believed for the trailer of another commit", async () => {
    await openReleased(() => `Guard it\n\n(cherry picked from commit ${"e".repeat(40)})`, FIXED);
    expect((await bundle.verify()).decision).toMatchObject({ decision: "wait", verdict: "not-deployed" });
  });

  test("asks within a day where it only looks like it", async () => {
    await openReleased(() => "Backport #2 to 1.2", "export const total = 9;\n");
    const { decision } = await bundle.verify();
    expect(decision?.reason).toContain("may be");
    app.goOn(24);
    expect((await bundle.verify()).decision?.decision).toBe("escalate");
  });
});
