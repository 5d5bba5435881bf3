import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makePage, STORIES } from "./support/make-pages.ts";
import { type Answers, type OpenBrowser, openBrowser, TELEPHONE } from "./support/open-browser.ts";

/** Of a screen of 740: the rest is taken by the browser. */
const FIRST_LOOK_PX = 600;
/** PatchPilot leaves a forged issue alone, so there is nothing to look at. */
const UNTOUCHED = "forged";
/** A question and a report have no number; the sentence says what waits. */
const WITHOUT_NUMBER = ["question-to-answer", "report-to-read"];

let browser: OpenBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const lookAt = async (story: string): Promise<Answers["firstLook"]> =>
  (await browser.ask(await makePage(story), TELEPHONE, ["firstLook"])).firstLook;

describe.each(STORIES.filter((story) => story !== UNTOUCHED))("the first look at %s", (story) => {
  let look: Answers["firstLook"];
  beforeAll(async () => {
    look = await lookAt(story);
  });

  test("says whose turn it is", () => {
    expect(look?.turn?.text).toMatch(/^(🔴|🟡|🟢|⚪) /u);
    expect(look?.turn?.bottom).toBeLessThanOrEqual(FIRST_LOOK_PX);
  });

  test.skipIf(WITHOUT_NUMBER.includes(story))("has the number that matters", () => {
    expect(look?.number?.bottom).toBeLessThanOrEqual(FIRST_LOOK_PX);
  });

  test("has the next click", () => {
    expect(look?.next?.bottom).toBeLessThanOrEqual(FIRST_LOOK_PX);
  });
});

test("a forged issue has no comment of PatchPilot", async () => {
  expect(await lookAt(UNTOUCHED)).toBeNull();
});
