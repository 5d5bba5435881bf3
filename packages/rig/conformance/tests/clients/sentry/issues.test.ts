import { createHttp } from "@patchpilot/http";
import { catchFailure } from "@patchpilot/http/testing";
import { HOUR } from "@patchpilot/time";
import { describe, expect } from "vitest";
import { crashEvent, it, startSentry } from "./simulated-sentry.ts";

describe("an issue", () => {
  it("is found by its short id", async ({ world: { sentry, simulator } }) => {
    simulator.recordEvent({ event: crashEvent("TypeError"), release: "shop@1.0.0" });
    const issue = await sentry.resolveShortId("SHOP-1");
    expect(issue).toMatchObject({
      shortId: "SHOP-1",
      count: 1,
      status: "unresolved",
      project: { id: "42", slug: "shop" },
    });
  });

  it("tells its releases, and the link that an integration made", async ({
    world: { sentry, simulator },
  }) => {
    simulator.recordEvent({ event: crashEvent("TypeError"), release: "shop@1.0.0" });
    simulator.recordEvent({ event: crashEvent("TypeError"), release: "shop@1.1.0" });
    simulator.linkIssue("SHOP-1", {
      url: "https://github.com/acme/shop/issues/7",
      key: "acme/shop#7",
      title: "x",
    });
    const issue = await sentry.getIssue(simulator.issue("SHOP-1").id);
    expect(issue.firstRelease?.version).toBe("shop@1.0.0");
    expect(issue.lastRelease?.version).toBe("shop@1.1.0");
    expect(issue.integrationIssues).toEqual([
      { url: "https://github.com/acme/shop/issues/7", key: "acme/shop#7" },
    ]);
  });

  it("tells when and in which release it came back", async ({ world: { sentry, simulator, clock } }) => {
    simulator.recordEvent({ event: crashEvent("TypeError"), release: "shop@1.0.0" });
    simulator.setStatus("SHOP-1", "resolved");
    clock.advance(HOUR);
    simulator.recordEvent({ event: crashEvent("TypeError"), release: "shop@1.1.0" });
    const issue = await sentry.getIssue(simulator.issue("SHOP-1").id);
    expect(issue).toMatchObject({ status: "unresolved", substatus: "regressed" });
    expect(issue.regressions).toEqual([{ at: "2026-11-21T13:00:00.000Z", release: "shop@1.1.0" }]);
  });

  it("is resolved with a token that may write", async () => {
    const { sentry, simulator } = startSentry({}, { token: "sntryu_writer" });
    simulator.recordEvent({ event: crashEvent("TypeError"), release: "shop@1.0.0" });
    const { id } = simulator.issue("SHOP-1");
    expect((await sentry.resolveIssue(id, "shop@1.0.0")).status).toBe("resolved");
    expect(simulator.issue("SHOP-1").resolvedIn).toBe("shop@1.0.0");
  });

  it("is not resolved with a token that may only read, and the scope is named", async ({
    world: { sentry, simulator },
  }) => {
    simulator.recordEvent({ event: crashEvent("TypeError") });
    const failure = await catchFailure(sentry.resolveIssue(simulator.issue("SHOP-1").id));
    expect(failure.message).toContain("lacks the scope event:write");
  });
});

describe("issues from lists", () => {
  it("are as each is by itself, but for their last release", async ({
    world: { sentry, simulator, clock },
  }) => {
    for (const [index, name] of ["One", "Two", "Three"].entries()) {
      for (const release of ["shop@1.0.0", "shop@1.1.0"].slice(0, index + 1)) {
        simulator.recordEvent({ event: crashEvent(name, name), release, environment: "staging" });
        clock.advance(HOUR);
      }
      simulator.linkIssue(`SHOP-${index + 1}`, {
        url: `https://github.com/acme/shop/issues/${index}`,
        key: "x",
        title: "x",
      });
    }
    const ids = ["SHOP-1", "SHOP-2", "SHOP-3"].map((name) => simulator.issue(name).id);
    const listed = await sentry.addFirstReleases(await sentry.listWholeIssues(ids));
    for (const id of ids) {
      const single = await sentry.getIssue(id);
      const { firstRelease, ...rest } = listed.get(id) ?? {};
      expect(firstRelease?.version).toBe(single.firstRelease?.version);
      const { firstRelease: _, lastRelease: __, ...others } = single;
      expect(rest).toEqual({ ...others, lastRelease: null });
    }
  });

  it("leave out what came back, and what Sentry does not know", async ({
    world: { sentry, simulator, clock },
  }) => {
    simulator.recordEvent({ event: crashEvent("One", "one"), release: "shop@1.0.0" });
    simulator.recordEvent({ event: crashEvent("Two", "two"), release: "shop@1.0.0" });
    simulator.setStatus("SHOP-1", "resolved");
    clock.advance(HOUR);
    simulator.recordEvent({ event: crashEvent("One", "one"), release: "shop@1.1.0" });
    const [back, fresh] = ["SHOP-1", "SHOP-2"].map((name) => simulator.issue(name).id);
    const listed = await sentry.addFirstReleases(
      await sentry.listWholeIssues([back ?? "", fresh ?? "", "999"]),
    );
    expect([...listed.keys()]).toEqual([fresh]);
  });
});

describe("a list of issues", () => {
  it("shows resolved ones too, where the query is empty", async ({ world: { sentry, simulator } }) => {
    simulator.recordEvent({ event: crashEvent("TypeError") });
    simulator.setStatus("SHOP-1", "resolved");
    expect((await sentry.listIssues({ query: "" })).rows).toHaveLength(1);
  });

  it("is narrowed to environment and project", async () => {
    const { sentry, simulator } = startSentry({
      projects: [
        { id: "42", slug: "shop" },
        { id: "43", slug: "blog" },
      ],
    });
    simulator.recordEvent({ event: crashEvent("A", "a"), environment: "staging" });
    simulator.recordEvent({ event: crashEvent("B", "b") });
    simulator.recordEvent({ event: crashEvent("C", "c"), project: "blog" });
    const { rows } = await sentry.listIssues({ query: "", environment: "production", projects: ["shop"] });
    expect(rows.map(({ title }) => title)).toEqual(["B: it broke"]);
  });

  it("has counts and times of the time and the environment that were asked for", async ({
    world: { sentry, simulator, clock },
  }) => {
    const noon = clock.now();
    const instants = [noon - 3 * HOUR, noon - HOUR, noon - HOUR / 2];
    simulator.recordEvent({ event: crashEvent("A", "a"), instants });
    simulator.recordEvent({ event: crashEvent("A", "a"), environment: "staging", at: noon - HOUR });
    const window = { start: new Date(noon - 2 * HOUR), end: new Date(noon) };
    const { rows } = await sentry.listIssues({ query: "", environment: "production", ...window });
    expect(rows).toMatchObject([{ count: 2, firstSeen: "2026-11-21T11:00:00.000Z" }]);
  });

  it("begins with the most frequent of that time", async ({ world: { sentry, simulator, clock } }) => {
    const noon = clock.now();
    const instants = Array.from({ length: 9 }, () => noon - 3 * HOUR);
    simulator.recordEvent({ event: crashEvent("Old", "a"), instants: [...instants, noon - HOUR] });
    simulator.recordEvent({ event: crashEvent("New", "b"), instants: [noon - HOUR, noon - HOUR] });
    const window = { start: new Date(noon - 2 * HOUR), end: new Date(noon) };
    const { rows } = await sentry.listIssues({ query: "", sort: "freq", ...window });
    expect(rows.map(({ title }) => title)).toEqual(["New: it broke", "Old: it broke"]);
  });

  it("is searched by several transactions, whatever characters they hold", async ({
    world: { sentry, simulator },
  }) => {
    simulator.recordEvent({ event: { ...crashEvent("A", "a"), transaction: "GET /a,b" } });
    simulator.recordEvent({ event: { ...crashEvent("B", "b"), transaction: "GET /c]" } });
    simulator.recordEvent({ event: { ...crashEvent("C", "c"), transaction: "GET /d" } });
    const { rows } = await sentry.listIssues({ query: 'transaction:["GET /a,b","GET /c]"]' });
    expect(rows).toHaveLength(2);
  });

  it("follows pages to the end", async ({ world: { sentry, simulator } }) => {
    for (let n = 0; n < 5; n += 1) simulator.recordEvent({ event: crashEvent(`E${n}`, `f${n}`) });
    const pages = await sentry.listIssues({ query: "", limit: 2 });
    expect(pages).toMatchObject({ truncated: false });
    expect(pages.rows).toHaveLength(5);
    expect(simulator.requests).toHaveLength(3);
  });

  it("says that it stopped before the end", async ({ world: { sentry, simulator } }) => {
    for (let n = 0; n < 5; n += 1) simulator.recordEvent({ event: crashEvent(`E${n}`, `f${n}`) });
    expect(await sentry.listIssues({ query: "", limit: 2, maxPages: 2 })).toMatchObject({ truncated: true });
  });

  it("reads 50 issues by short id in one request", async ({ world: { sentry, simulator } }) => {
    for (let n = 0; n < 50; n += 1) simulator.recordEvent({ event: crashEvent(`E${n}`, `f${n}`) });
    const shortIds = simulator.issues().map(({ shortId }) => shortId);
    expect(await sentry.getIssues(shortIds)).toHaveLength(50);
    expect(simulator.requests).toHaveLength(1);
  });

  it("says when each was seen first and last", async ({ world: { sentry, simulator, clock } }) => {
    simulator.recordEvent({ event: crashEvent("TypeError") });
    const began = new Date(clock.now()).toISOString();
    clock.advance(HOUR);
    simulator.recordEvent({ event: crashEvent("TypeError") });
    const { rows } = await sentry.listIssues({ query: "" });
    expect(rows).toMatchObject([{ firstSeen: began, lastSeen: "2026-11-21T13:00:00.000Z", count: 2 }]);
  });

  it("reads 150 issues by number in two requests, without the one that was deleted", async ({
    world: { sentry, simulator },
  }) => {
    for (let n = 0; n < 150; n += 1) simulator.recordEvent({ event: crashEvent(`E${n}`, `f${n}`) });
    const ids = simulator.issues().map(({ id }) => id);
    simulator.deleteIssue(ids[20] ?? "");
    expect(await sentry.getIssuesById(ids)).toHaveLength(149);
    expect(simulator.requests).toHaveLength(2);
  });

  it("by number says the last sight in the environment that is asked about", async ({
    world: { sentry, simulator, clock },
  }) => {
    simulator.recordEvent({ event: crashEvent("TypeError") });
    const seen = new Date(clock.now()).toISOString();
    clock.advance(HOUR);
    simulator.recordEvent({ event: crashEvent("TypeError"), environment: "staging" });
    const { id } = simulator.issue("SHOP-1");
    expect(await sentry.getIssuesById([id], "production")).toMatchObject([{ lastSeen: seen }]);
    expect(await sentry.getIssuesById([id], "preview")).toMatchObject([{ lastSeen: null }]);
  });

  /** Sentry's answer to a search that names a deleted issue: 400 for all of it. */
  function startWithDeleted(deleted: readonly string[]) {
    const { simulator } = startSentry();
    let requests = 0;
    const http = createHttp({
      name: "Sentry",
      budget: {},
      fetch: async (input, init) => {
        requests += 1;
        const request = new Request(input, init);
        const named = /\[(.*)\]/.exec(new URL(request.url).searchParams.get("query") ?? "")?.[1]?.split(",");
        if (!named?.some((id) => deleted.includes(id))) return simulator.fetch(request);
        return Response.json({ detail: "Invalid value for 'issue:' filter" }, { status: 400 });
      },
    });
    const { sentry } = startSentry({}, { http });
    return { sentry, simulator, requests: () => requests };
  }

  it("finds issues by short id although one of them was deleted", async () => {
    const { sentry, simulator, requests } = startWithDeleted(["SHOP-ZZ"]);
    for (let n = 0; n < 50; n += 1) simulator.recordEvent({ event: crashEvent(`E${n}`, `f${n}`) });
    const shortIds = simulator.issues().map(({ shortId }) => shortId);
    expect(await sentry.getIssues(shortIds.toSpliced(20, 0, "SHOP-ZZ"))).toHaveLength(50);
    expect(requests()).toBeLessThanOrEqual(15);
  });

  it("calls no issue unknown where Sentry refuses every search", async () => {
    const { sentry } = startWithDeleted(["SHOP-1", "SHOP-2"]);
    expect((await catchFailure(sentry.getIssues(["SHOP-1", "SHOP-2"]))).kind).toBe("rejected");
    expect((await catchFailure(sentry.getIssues(["SHOP-1"]))).kind).toBe("rejected");
  });
});
