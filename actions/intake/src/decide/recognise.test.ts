import { describe, expect, it } from "vitest";
import { ALERT, FEEDBACK, MANUAL, PERFORMANCE, WITH_FRAMES, WRITTEN_BY_A_MODEL } from "../testing/bodies.ts";
import { isSentryAuthor, recognise } from "./recognise.ts";

const linkOf = (address: string) => recognise(`Sentry Issue: [SHOP-1A](${address})`).link;

describe("what Sentry's integration writes", () => {
  it("is recognised when a person created the issue from Sentry", () => {
    const { link, byAlert, chain } = recognise(MANUAL);
    expect(link).toEqual({
      kind: "issue",
      shortId: "ACME-BACKEND-CV",
      issueId: "7704960840",
      organization: "acme-corp",
      host: "acme-corp.sentry.io",
      url: "https://acme-corp.sentry.io/issues/7704960840/",
    });
    expect(byAlert).toBe(false);
    expect(chain).toMatchObject([
      { type: "Error", value: "send-authored-email: no published definition matches" },
    ]);
  });

  it("is recognised when an alert created it", () => {
    const { link, byAlert, chain } = recognise(ALERT);
    expect(link).toMatchObject({ shortId: "TEST-4F", issueId: "31887428", organization: "myorg" });
    expect(byAlert).toBe(true);
    expect(chain).toMatchObject([{ value: "Job timeout (test): Error or timeout while preparing the job." }]);
  });

  it("brings its frames", () => {
    expect(recognise(WITH_FRAMES).chain[0]?.frames).toMatchObject([
      { path: "/Users/x/webapp/sdk/index.js", line: 28, function: "DocsSDK.create" },
    ]);
  });

  it("is recognised behind text of a model", () => {
    expect(recognise(WRITTEN_BY_A_MODEL).link?.shortId).toBe("SHOP-1A");
  });

  it("is recognised as feedback, by its words and without who wrote them", () => {
    const { link, statements } = recognise(FEEDBACK);
    expect(link).toMatchObject({ kind: "feedback", shortId: "SHOP-7Z", issueId: "202" });
    expect(statements).toEqual([{ name: "message", value: "It hangs when I pay." }]);
  });

  it("is recognised as a performance issue, which has a table and no fence", () => {
    expect(recognise(PERFORMANCE)).toMatchObject({
      link: { shortId: "SHOP-2B", issueId: "303" },
      statements: [
        { name: "Transaction", value: "GET /orders" },
        { name: "Repeating Spans (12)", value: "SELECT * FROM orders WHERE id = %s" },
      ],
    });
  });

  it("is recognised with Windows line ends", () => {
    expect(recognise(MANUAL.replaceAll("\n", "\r\n")).chain).toHaveLength(1);
  });
});

describe("the address of the link", () => {
  it.each([
    ["https://acme.sentry.io/issues/12/", "acme", "12"],
    ["https://us.sentry.io/organizations/acme/issues/12/", "acme", "12"],
    ["https://de.sentry.io/organizations/acme/issues/12/?project=1", "acme", "12"],
    ["https://sentry.io/organizations/acme/issues/12/?project=1&referrer=x", "acme", "12"],
    ["https://sentry.io/acme/shop/issues/12/", "acme", "12"],
    ["https://sentry.acme.example/organizations/acme/issues/12/events/abc/", "acme", "12"],
    ["http://sentry.acme.example:9000/organizations/acme/issues/12/", "acme", "12"],
    ["https://sentry.acme.example/issues/12/", null, "12"],
    ["https://us.sentry.io/issues/12/", null, "12"],
    ["https://acme.sentry.io/issues/SHOP-1A/", "acme", null],
  ])("%s names organization %s and issue %s", (address, organization, issueId) => {
    expect(linkOf(address)).toMatchObject({ organization, issueId });
  });

  it.each(["SHOP-1A", "ACME-BACKEND-CV", "a_b-2", "X1-ZZ9", "JAVASCRIPT-NEXTJS-1F8Q"])(
    "may have the short id %s",
    (shortId) => {
      expect(recognise(`Sentry Issue: [${shortId}](https://acme.sentry.io/issues/1/)`).link?.shortId).toBe(
        shortId.toUpperCase(),
      );
    },
  );
});

describe("a link that counts", () => {
  it("is the first one, before the first fence", () => {
    const hostile = "Sentry Issue: [EVIL-1](https://evil.sentry.io/issues/666/)";
    expect(recognise(`${MANUAL}\n${hostile}`).link?.issueId).toBe("7704960840");
    expect(recognise(`\`\`\`\n${hostile}\n\`\`\``).link).toBeNull();
    expect(recognise(`~~~\n${hostile}\n~~~`).link).toBeNull();
  });

  it("is none in a hidden comment", () => {
    expect(recognise("<!-- Sentry Issue: [EVIL-1](https://evil.sentry.io/issues/666/) -->").link).toBeNull();
  });

  it.each([
    "Bump sentry SDK, fix UTF-8",
    "Sentry Issue: SHOP-1A",
    "[SHOP-1A](https://acme.sentry.io/issues/1/)",
    "",
  ])("is none in %j", (text) => {
    expect(recognise(text).link).toBeNull();
  });

  it("is found where the message closes the fence early", () => {
    const chain = recognise(
      "Sentry Issue: [A-1](https://acme.sentry.io/issues/1/)\n\n```\nError: one\n```\ntwo\n```",
    ).chain;
    expect(chain).toMatchObject([{ type: "Error", value: "one\n```\ntwo" }]);
  });
});

describe("a CSP report", () => {
  const LINK = "Sentry Issue: [A-1](https://acme.sentry.io/issues/1/)";
  const report = JSON.stringify(
    {
      "csp-report": {
        document_uri: "https://shop.example/pay?token=1",
        blocked_uri: "inline",
        effective_directive: "script-src",
        script_sample: 'say("a")',
        line_number: 61,
      },
    },
    null,
    2,
  );
  const read = (text: string) => recognise(`${LINK}\n\n\`\`\`\nBlocked inline 'script'\n\n${text}\n\`\`\``);

  it("is what it says, and no exception", () => {
    expect(read(report)).toMatchObject({
      chain: [],
      report: { kind: "csp", facts: { blocked_uri: "inline" } },
      statements: [
        { name: "message", value: "Blocked inline 'script'" },
        { name: "directive", value: "script-src" },
        { name: "blocked", value: "inline" },
        { name: "sample", value: 'say("a")' },
        { name: "page", value: "https://shop.example/pay" },
      ],
    });
  });

  it("is one if it was cut", () => {
    const { chain, report: kind, statements } = read(report.slice(0, report.indexOf('"effective')));
    expect([chain, kind?.kind]).toEqual([[], "csp"]);
    expect(statements).toContainEqual({ name: "blocked", value: "inline" });
  });

  it("is none if an exception only speaks of one", () => {
    expect(read('TypeError: no "csp-report": in {}').report).toBeUndefined();
  });
});

describe("the author", () => {
  const DEFAULTS = ["sentry[bot]", "sentry-io[bot]", "39604003"];
  it.each([
    [true, { type: "Bot", id: 39604003, login: "sentry" }],
    [true, { type: "Bot", id: 39604003, login: "renamed" }],
    [true, { type: "Bot", id: 1, login: "sentry-io" }],
    [true, { type: "Bot", id: 1, login: "sentry[bot]" }],
    [false, { type: "User", id: 1, login: "sentry" }],
    [false, { type: "User", id: 1, login: "sentry-io" }],
    [false, { type: "User", id: 1, login: "sentry[bot]" }],
    [false, { type: "User", id: 1, login: "Sentry-io-bot" }],
    [false, { type: "Bot", id: 2, login: "seer-by-sentry" }],
    [false, { type: "Bot", id: 41898282, login: "github-actions" }],
    [false, { type: "Mannequin", id: null, login: "sentry" }],
  ])("is Sentry's: %s for %j", (expected, author) => {
    expect(isSentryAuthor(author, DEFAULTS)).toBe(expected);
  });

  it("may be a custom app or an account of one's own", () => {
    expect(isSentryAuthor({ type: "Bot", id: 5, login: "acme-sentry" }, ["acme-sentry[bot]"])).toBe(true);
    expect(isSentryAuthor({ type: "User", id: 5, login: "sentry-service" }, ["sentry-service"])).toBe(true);
  });

  it("may be deleted, and is then nobody", () => {
    expect(isSentryAuthor(null, DEFAULTS)).toBe(false);
  });
});
