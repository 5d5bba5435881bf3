import {
  expectInert,
  expectInertMarkdown,
  hostileCases,
  PAYLOADS,
  SECRET,
  writtenText,
} from "@patchpilot/acceptance/testing";
import { incidentRecord } from "@patchpilot/incident";
import { describe, expect, it } from "vitest";
import { makeWorld, scan, type World } from "./testing/fake-ports.ts";
import { deployed, slowed } from "./testing/spans.ts";

const HOSTILE: Readonly<Record<string, string>> = {
  ...PAYLOADS,
  "a fake latest scan": "boom\n\n#### Latest scan\n\nsteady\n\n#### Since acceptance\n\n- fixed",
  "a picture's own syntax": 'GET /"]\n    line [1]\n```\n```mermaid\ngraph TD; click A href "//evil.example"',
  "a table's own syntax": "GET /|a|b|\n|---|\n| [x](https://evil.example) \\| ` |",
  "a search of its own": 'GET /" OR transaction:"* \\" !x:',
  "10,000 characters": `GET /${"<!--|`@x ".repeat(1_100)}`,
};
const EXPLORE = /^https:\/\/sentry\.io\/organizations\/acme\/explore\/traces\//;

const RELEASES = [deployed("shop@b", 8.5), deployed("shop@a", 60)];
const commit = { sha: "d".repeat(40), date: "2026-11-20T03:00:00Z", headline: "boom" };

/** Every place that a stranger can write to. */
const CARRIERS: Readonly<Record<string, (text: string) => Partial<World>>> = {
  transaction: (text) => ({ courses: [slowed(3, 8, { transaction: text })] }),
  description: (text) => ({ courses: [slowed(3, 8, { op: "db", description: text })] }),
  release: (text) => ({ releases: [{ ...deployed("shop@b", 8.5), version: text }] }),
  "release before": (text) => ({
    releases: [deployed("shop@b", 8.5), { ...deployed("shop@a", 60), version: text }],
  }),
  "commit message": (text) => ({
    releases: RELEASES,
    comparison: { commits: [{ ...commit, headline: text }], files: ["src/api/checkout.ts"] },
  }),
  "file name": (text) => ({ releases: RELEASES, comparison: { commits: [commit], files: [text] } }),
};

async function scanHostile(parts: Partial<World>) {
  const world = makeWorld({ courses: [slowed(3)], ...parts, secrets: [SECRET] });
  const outcome = await scan(world);
  const [change] = world.changes;
  const record = incidentRecord.parse(change?.records[0]?.data);
  return { outcome, text: writtenText(change), record, phase: change?.phase, draft: world.drafts[0] };
}

/** The markup that is our own. */
const withoutOurs = (text: string): string =>
  text.replace(/<details><summary>(The same as a table|Odds)<\/summary>/g, "");

const cases = hostileCases(HOSTILE, CARRIERS);

describe("hostile text", () => {
  it.each(cases)("%s in the %s is shown as inert text", async (payload, carrier) => {
    const { text, record, outcome, draft } = await scanHostile(
      CARRIERS[carrier]?.(HOSTILE[payload] ?? "") ?? {},
    );
    const written = [text, JSON.stringify(record), JSON.stringify(outcome), JSON.stringify(draft)];
    expectInert(withoutOurs(written.join("\n")));
    for (const markdown of [text, draft?.body ?? ""]) expectInertMarkdown(markdown, EXPLORE);
    expect(text.length).toBeLessThanOrEqual(24_000);
    expect(draft?.title ?? "").not.toMatch(/@|#\d|\n/);
    expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThan(4_000);
  });

  it.each(cases)(
    "%s in the %s leaves one picture, of numbers and our own words",
    async (payload, carrier) => {
      const { text } = await scanHostile(CARRIERS[carrier]?.(HOSTILE[payload] ?? "") ?? {});
      const pictures = text.split("\n").filter((line) => /^ {0,3}`{3,}mermaid/.test(line));
      expect(pictures).toHaveLength(1);
      const [picture = ""] = /```mermaid\n([\s\S]*?)\n```/.exec(text)?.slice(1) ?? [];
      for (const line of picture.split("\n"))
        expect(line).toMatch(/^(xychart-beta| {4}(title|x-axis|y-axis|line) [\w", .:()[\]>-]*)$/);
    },
  );

  it.each(cases)("%s in the %s decides nothing", async (payload, carrier) => {
    const hostile = await scanHostile(CARRIERS[carrier]?.(HOSTILE[payload] ?? "") ?? {});
    const twin = await scanHostile(CARRIERS[carrier]?.("boom") ?? {});
    const decisions = ({ record, phase, outcome }: typeof hostile) => ({
      phase,
      opened: outcome.outputs.opened,
      severity: record.severity,
      episode: record.episode,
      verdict: record.performance?.verdict,
    });
    expect(decisions(hostile)).toEqual(decisions(twin));
  });

  it("keeps the search of a name that can be written, and no other", async () => {
    const plain = await scanHostile({});
    const secret = await scanHostile({ courses: [slowed(3, 8, { transaction: `GET /${SECRET}` })] });
    expect(plain.record.performance?.query).toContain("GET /api/checkout");
    expect(secret.record.performance?.query).toBeUndefined();
  });

  it.each([60, 100, 200, 400])(
    "leaves a record under 4 KB where every name has %i wide characters",
    async (length) => {
      const name = "結".repeat(length);
      const { record } = await scanHostile({
        courses: [
          slowed(3, 8, { project: name, transaction: `${name}1`, op: "db", description: `${name}2` }),
        ],
        releases: RELEASES.map((one) => ({ ...one, version: `${one.version}${name}` })),
        comparison: { commits: [commit], files: [`src/${name}.ts`] },
      });
      expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThan(3_950);
    },
  );
});
