import { contract } from "@patchpilot/action-verify-recovery/contract";
import { expect, test } from "vitest";
import { findHead, mergeByHand, openFailingApp } from "../../worlds/live-app.ts";
import { permissionsOf } from "../../worlds/permissions-of.ts";
import { publishFix, readComments } from "../../worlds/scenario.ts";

/** An attempt's draft is open while somebody's own fix goes live and works. */
async function openFixedBesideDraft() {
  const app = openFailingApp();
  await app.tick();
  await publishFix(app);
  app.pass(5);
  mergeByHand(app, `Refs #${app.issue}`);
  app.deploy(findHead(app));
  app.goOn(6);
  return app;
}

/** The draft has the number after the issue's. */
const DRAFT = 2;
const SAID = /#1 was closed while this draft was open: The errors have stopped/g;

test("a close says so on the draft that is still open, once", async () => {
  const app = await openFixedBesideDraft();
  expect((await app.verify()).outputs.closed).toEqual([app.issue]);
  app.goOn(25);
  await app.verify();
  expect(readComments(app.test, DRAFT).match(SAID)).toHaveLength(1);
});

test("a draft that was made ready for review, or is closed, is left alone", async () => {
  for (const change of ["markReady", "closePull"] as const) {
    const app = await openFixedBesideDraft();
    app.test.world.as("maya")[change](DRAFT);
    expect((await app.verify()).outputs.closed).toEqual([app.issue]);
    expect(readComments(app.test, DRAFT)).not.toMatch(SAID);
  }
});

test("a draft of somebody else that mentions the issue is left alone", async () => {
  const app = await openFixedBesideDraft();
  const maya = app.test.world.as("maya");
  maya.push({ branch: "idea", message: "idea", files: { "src/idea.ts": "export {};\n" } });
  const body = `Refs #${app.issue}`;
  const { number } = maya.openPull({ title: "An idea", body, head: "idea", base: "main", draft: true });
  await app.verify();
  expect(readComments(app.test, number)).toBe("");
});

test("nothing is said before the close", async () => {
  const app = openFailingApp();
  await app.tick();
  await publishFix(app);
  app.goOn(6, { crashEvery: 20 });
  await app.verify();
  expect(readComments(app.test, DRAFT)).not.toMatch(SAID);
});

test("a run that closes nothing without the permission says nothing on the draft", async () => {
  const app = await openFixedBesideDraft();
  const permissions = { ...permissionsOf(contract), issues: "read" } as const;
  await app.verify({ permissions });
  expect(readComments(app.test, DRAFT)).not.toMatch(SAID);
});
