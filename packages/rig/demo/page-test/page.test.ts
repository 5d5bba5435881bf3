import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makePage, STORIES } from "./support/make-pages.ts";
import { type Answers, type OpenBrowser, openBrowser, VIEWPORTS } from "./support/open-browser.ts";

const QUESTIONS = ["deadLinks", "emptyHeads", "namelessScrollers", "widthUnfolded", "axeFaults"] as const;

let browser: OpenBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe.each(STORIES)("the page of %s", (story) => {
  describe.each(VIEWPORTS)("$scheme at $width px", (look) => {
    let seen: Pick<Answers, (typeof QUESTIONS)[number]>;
    beforeAll(async () => {
      seen = await browser.ask(await makePage(story), look, QUESTIONS);
    });

    test("has no fault that axe finds", () => {
      expect(seen.axeFaults).toEqual([]);
    });

    test("does not scroll sideways", () => {
      expect(seen.widthUnfolded).toBeLessThanOrEqual(look.width);
    });

    test("has no link that leads nowhere", () => {
      expect(seen.deadLinks).toEqual([]);
    });

    test("has no empty row of headings", () => {
      expect(seen.emptyHeads).toBe(0);
    });

    test("names what scrolls", () => {
      expect(seen.namelessScrollers).toEqual([]);
    });
  });
});

test("no page asks a network for anything", () => {
  expect(browser.asked).toEqual([]);
});
