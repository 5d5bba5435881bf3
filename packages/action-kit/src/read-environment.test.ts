import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnvironment } from "./read-environment.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "patchpilot-environment-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function eventFile(text: string): string {
  const path = join(folder, "event.json");
  writeFileSync(path, text);
  return path;
}

describe("the environment of a job", () => {
  it("is github.com where the runner names no other server", () => {
    expect(readEnvironment({ GITHUB_REPOSITORY: "acme/shop" })).toMatchObject({
      apiUrl: "https://api.github.com",
      graphqlUrl: "https://api.github.com/graphql",
      serverUrl: "https://github.com",
      repository: "acme/shop",
      runAttempt: 1,
      event: {},
    });
  });

  it("names the addresses of an enterprise server as the runner does", () => {
    const variables = {
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_API_URL: "https://ghe.example/api/v3",
      GITHUB_GRAPHQL_URL: "https://ghe.example/api/graphql",
    };
    expect(readEnvironment(variables)).toMatchObject({
      apiUrl: "https://ghe.example/api/v3",
      graphqlUrl: "https://ghe.example/api/graphql",
    });
  });

  it("cannot be read outside of a job", () => {
    expect(() => readEnvironment({ GITHUB_REPOSITORY: "" })).toThrow(/GITHUB_REPOSITORY is not set/);
  });

  it("holds the event of the run", () => {
    const path = eventFile('{"issue":{"number":12}}');
    const { event } = readEnvironment({ GITHUB_REPOSITORY: "acme/shop", GITHUB_EVENT_PATH: path });
    expect(event).toEqual({ issue: { number: 12 } });
  });

  it.each(["{", "null", '"text"', ""])("refuses the event file %j with a sentence", (text) => {
    const path = eventFile(text);
    expect(() => readEnvironment({ GITHUB_REPOSITORY: "acme/shop", GITHUB_EVENT_PATH: path })).toThrow(
      /^The event file of this run .* cannot be read as JSON\. Run the job again\.$/,
    );
  });
});
