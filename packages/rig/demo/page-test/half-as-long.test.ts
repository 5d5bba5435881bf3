import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HEIGHTS_BEFORE } from "./support/heights-before.ts";
import { makePage } from "./support/make-pages.ts";
import { type Answers, type OpenBrowser, openBrowser, TELEPHONE } from "./support/open-browser.ts";

/** With the least room left: here one comment more is seen. */
const TIGHTEST = "dead-worker";

let browser: OpenBrowser;
const rows: string[] = [];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  process.stdout.write(`${["| story | comments | whole issue |", "|---|---|---|", ...rows].join("\n")}\n`);
});

const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;

describe.each(Object.entries(HEIGHTS_BEFORE))("the issue of %s", (story, before) => {
  let now: Answers["heights"];
  let twice: Answers["heights"];
  beforeAll(async () => {
    const page = await makePage(story);
    now = (await browser.ask(page, TELEPHONE, ["heights"])).heights;
    twice = (await browser.ask(page, TELEPHONE, ["sayTwice", "heights"])).heights;
    const cells = (["comments", "issue"] as const).map(
      (part) => `${before[part]} px, now ${now[part]}: ${percent(now[part], before[part])}`,
    );
    rows.push(`| ${[story, ...cells].join(" | ")} |`);
  });

  test("has comments at most half as high as before", () => {
    expect(now.comments).toBeLessThanOrEqual(before.comments / 2);
  });

  test.runIf(story === TIGHTEST)("would be too long if its first comment were there twice", () => {
    expect(twice.comments).toBeGreaterThan(before.comments / 2);
  });
});
