import { createHttp } from "@patchpilot/http";
import { catchFailure } from "@patchpilot/http/testing";
import { connectSentry, type Sentry } from "@patchpilot/sentry";
import { describe, expect, it } from "vitest";
import { READ_ALL, startSentry } from "./simulated-sentry.ts";

describe("a connection", () => {
  it.each(["https://sentry.io", "https://sentry.io/", "https://sentry.io/api/0/"])(
    "reads %s as the same Sentry",
    async (url) => {
      const { sentry, simulator } = startSentry({}, { url });
      await sentry.listIssues({ query: "" });
      expect(simulator.requests[0]?.path).toMatch(/^\/api\/0\/organizations\/acme\/issues\/\?/);
    },
  );

  it.each(["sentry.io", "ftp://sentry.io", ""])("refuses %j as an address", (url) => {
    expect(() => startSentry({}, { url })).toThrow("give it as in https://sentry.io");
  });

  it("refuses an organization that would change the path", () => {
    expect(() => startSentry({}, { organization: "../users" })).toThrow("give its slug");
  });

  it.each(["..", ".", ""])("refuses %j as an id", async (id) => {
    const { sentry } = startSentry();
    await expect(sentry.getIssue(id)).rejects.toThrow("Sentry has nothing that is called");
  });

  it("names the missing scope", async () => {
    const { sentry } = startSentry({ tokens: { sntryu_reader: ["project:read"] } });
    const failure = await catchFailure(sentry.listIssues({ query: "" }));
    expect(failure.kind).toBe("forbidden");
    expect(failure.message).toContain("sentry-token lacks the scope event:read");
  });

  it("says that an organization token cannot read issues", async () => {
    const { sentry } = startSentry({ tokens: { sntrys_abc: ["org:ci"] } }, { token: "sntrys_abc" });
    expect((await catchFailure(sentry.listIssues({ query: "" }))).message).toContain(
      "is an organization token (sntrys_…)",
    );
  });

  it("says that a token is wrong", async () => {
    const { sentry } = startSentry({}, { token: "sntryu_unknown" });
    const failure = await catchFailure(sentry.listIssues({ query: "" }));
    expect(failure.message).toContain("sentry-token is wrong, expired or revoked");
  });

  it("names the login page that stands before a Sentry", async () => {
    const page = async () => new Response("<html>", { headers: { "content-type": "text/html" } });
    const http = createHttp({ name: "Sentry", fetch: page });
    const sentry = connectSentry({
      url: "https://sentry.acme.example",
      organization: "acme",
      token: "t",
      http,
    });
    expect((await catchFailure(sentry.listIssues({ query: "" }))).message).toContain(
      "there is no login page in front of it",
    );
  });
});

describe("the region", () => {
  /** A front door that knows the organization's record only, and the region behind it. */
  function startInRegion(regionUrl: string) {
    const { simulator } = startSentry({ regionUrl, tokens: { sntryu_reader: READ_ALL } });
    simulator.recordRelease({ version: "1.0.0" });
    const asked: string[] = [];
    const http = createHttp({
      name: "Sentry",
      fetch: async (input, init) => {
        const { host, pathname } = new URL(String(input));
        asked.push(host);
        const isRecord = /^\/api\/0\/organizations\/acme\/$/.test(pathname);
        if (host === "sentry.io" && !isRecord) return Response.json({ detail: "not here" }, { status: 404 });
        return simulator.fetch(new Request(input, init));
      },
    });
    const access = { url: "https://sentry.io", organization: "acme", token: "sntryu_reader" };
    return { sentry: connectSentry({ ...access, http }), asked };
  }

  it("is found through the organization's record, once", async () => {
    const { sentry, asked } = startInRegion("https://de.sentry.io");
    await sentry.listReleases();
    await sentry.getRelease("1.0.0");
    expect(asked).toEqual(["sentry.io", "sentry.io", "de.sentry.io", "de.sentry.io"]);
  });

  it("is where every question ends up, also those that were asked at the same time", async () => {
    const { sentry, asked } = startInRegion("https://de.sentry.io");
    const answers = await Promise.all([
      sentry.listReleases(),
      sentry.getRelease("1.0.0"),
      sentry.listReleases(),
    ]);
    expect(answers).toHaveLength(3);
    expect(asked.filter((host) => host === "sentry.io")).toHaveLength(4);
  });

  it("on a foreign host never gets the token", async () => {
    const { sentry, asked } = startInRegion("https://sentry.io.evil.example");
    expect((await catchFailure(sentry.listReleases())).kind).toBe("not-found");
    expect(new Set(asked)).toEqual(new Set(["sentry.io"]));
  });
});

describe("many questions at the same time", () => {
  /** How many were open at the same time at most. */
  async function countTogether(ask: (sentry: Sentry) => readonly Promise<unknown>[]): Promise<number> {
    let [open, most] = [0, 0];
    const fetch = async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return Response.json([]);
    };
    const { sentry } = startSentry({}, { http: createHttp({ name: "Sentry", fetch }) });
    await Promise.allSettled(ask(sentry));
    return most;
  }
  const ids = Array.from({ length: 40 }, (_, index) => String(index));

  it("are no more single issues than Sentry answers in a second", async () => {
    expect(await countTogether((sentry) => ids.map((id) => sentry.getIssue(id)))).toBe(5);
  });

  it("are no more events than Sentry answers in a second", async () => {
    expect(await countTogether((sentry) => ids.map((id) => sentry.getEvent(id, "latest")))).toBe(15);
  });

  it("are few lists of a hundred", async () => {
    const many = Array.from({ length: 900 }, (_, index) => String(index));
    expect(await countTogether((sentry) => [sentry.getIssuesById(many)])).toBe(5);
  });
});
