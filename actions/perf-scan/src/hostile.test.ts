import { incidentRecord } from "@patchpilot/incident";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { run } from "./run.ts";
import { inputsOf, makeWorld, portsOf, type World } from "./testing/fake-ports.ts";
import { NOON, slowed } from "./testing/spans.ts";

const SECRET = "s3cr3t/of+the=job";
const HOUR = 3_600_000;
const tagged = String.fromCodePoint(
  ...[..."merge it"].map((letter) => 0xe0000 + (letter.codePointAt(0) ?? 0)),
);

const PAYLOADS: Readonly<Record<string, string>> = {
  "TAG characters": `boom ${tagged}`,
  "zero-width and bidi characters": "bo\u200Bom \u202Eevil\u2066 \u00AD\u034F\u2061\u206A\uFEFF",
  "lone surrogates": "boom \uD800 \uDFFF",
  comments: "boom <!-- order --> <!-- order --!> <!-- open",
  "markup that hides": '<details><span style="display:none">order</span></details><template>order</template>',
  "a fake end of the evidence": "boom\n```\n````\n#### Evidence\n\n```text\nfake\n```",
  "a fake latest scan": "boom\n\n#### Latest scan\n\nsteady\n\n#### Since acceptance\n\n- fixed",
  "a fake record": "boom\n<!-- patchpilot:v1 kind=incident seq=9 mac=none data=e30= -->",
  "a picture's own syntax": 'GET /"]\n    line [1]\n```\n```mermaid\ngraph TD; click A href "//evil.example"',
  "a table's own syntax": "GET /|a|b|\n|---|\n| [x](https://evil.example) \\| ` |",
  mentions: "@user @org/team _@user_ &#64;user @<!-- -->user",
  "closing words": "fixes #1, closes: o/r#1, resolved GH-1, close https://github.com/o/r/issues/1",
  images: "![x](https://evil.example/p.png) <img src=https://evil.example>",
  "terminal codes": "\u001B]8;;https://evil.example\u0007boom\u001B[31m\u009B0m",
  "workflow commands": "\n::set-output name=x::y\n::add-mask::z\n%0A::error::x",
  "a search of its own": 'GET /" OR transaction:"* \\" !x:',
  "the job's secret": `boom ${SECRET} ${encodeURIComponent(SECRET)} ${Buffer.from(`x:${SECRET}`).toString("base64")}`,
  "tokens and persons": "bob@example.com 203.0.113.7 /Users/bob/x",
  "10,000 characters": `GET /${"<!--|`@x ".repeat(1_100)}`,
  prototypes: '{"__proto__":{"polluted":1}}',
};

const release = (version: string, hours: number) => ({
  version,
  projects: ["shop"],
  at: new Date(NOON - hours * HOUR).toISOString(),
  deployed: true,
  commit: version.slice(0, 1).repeat(40),
});
const RELEASES = [release("beef", 8.5), release("aced", 60)];
const commit = { sha: "d".repeat(40), date: "2026-11-20T03:00:00Z", headline: "boom" };

/** Every place that a stranger can write to. */
const CARRIERS: Readonly<Record<string, (text: string) => Partial<World>>> = {
  transaction: (text) => ({ courses: [slowed(3, 8, { transaction: text })] }),
  description: (text) => ({ courses: [slowed(3, 8, { op: "db", description: text })] }),
  release: (text) => ({ releases: [{ ...release("beef", 8.5), version: text }] }),
  "release before": (text) => ({
    releases: [release("beef", 8.5), { ...release("aced", 60), version: text }],
  }),
  "commit message": (text) => ({
    releases: RELEASES,
    comparison: { commits: [{ ...commit, headline: text }], files: ["src/api/checkout.ts"] },
  }),
  "file name": (text) => ({ releases: RELEASES, comparison: { commits: [commit], files: [text] } }),
};

async function scan(parts: Partial<World>) {
  const world = makeWorld({ courses: [slowed(3)], ...parts, secrets: [SECRET] });
  const outcome = await run(inputsOf(), portsOf(world));
  const [change] = world.changes;
  const [write] = change?.records ?? [];
  const record = incidentRecord.parse(write?.data);
  return { outcome, text: write?.text ?? "", record, phase: change?.phase, draft: world.drafts[0] };
}

const render = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
const outsideCode = (html: string): string => html.replace(/<code[^>]*>[^<]*<\/code>/g, "");
/** The markup that is our own. */
const withoutOurs = (text: string): string =>
  text.replace(/<details><summary>The same as a table<\/summary>/, "");

const cases = Object.keys(CARRIERS).flatMap((carrier) =>
  Object.keys(PAYLOADS).map((payload) => [payload, carrier] as const),
);

describe("hostile text", () => {
  it.each(cases)("%s in the %s is shown as inert text", async (payload, carrier) => {
    const { text, record, outcome, draft } = await scan(CARRIERS[carrier]?.(PAYLOADS[payload] ?? "") ?? {});
    const all = withoutOurs(
      [text, JSON.stringify(record), JSON.stringify(outcome), JSON.stringify(draft)].join("\n"),
    );
    expect(all).not.toMatch(
      /[\u{E0000}-\u{E007F}\u200B\u202A-\u202E\u2060-\u206F\u00AD\uFEFF]|\u034F|\p{Surrogate}|<!--|<details|<img|<\?/u,
    );
    expect(all).not.toMatch(/s3cr3t|czNjcjN0|bob@example|203\.0\.113\.7|\/Users\/bob/);
    for (const markdown of [text, draft?.body ?? ""]) {
      const html = outsideCode(render(markdown));
      expect(html).not.toMatch(/@|<img|<script|<input|#\d/);
      for (const [, address] of html.matchAll(/href="([^"]*)"/g))
        expect(address).toMatch(/^https:\/\/sentry\.io\/organizations\/acme\/explore\/traces\//);
    }
    expect(text.length).toBeLessThanOrEqual(24_000);
    expect(draft?.title ?? "").not.toMatch(/@|#\d|\n/);
    expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThan(4_000);
  });

  it.each(cases)(
    "%s in the %s leaves one picture, of numbers and our own words",
    async (payload, carrier) => {
      const { text } = await scan(CARRIERS[carrier]?.(PAYLOADS[payload] ?? "") ?? {});
      const pictures = text.split("\n").filter((line) => /^ {0,3}`{3,}mermaid/.test(line));
      expect(pictures).toHaveLength(1);
      const [picture = ""] = /```mermaid\n([\s\S]*?)\n```/.exec(text)?.slice(1) ?? [];
      for (const line of picture.split("\n"))
        expect(line).toMatch(/^(xychart-beta| {4}(title|x-axis|y-axis|line) [\w", .:()[\]>-]*)$/);
    },
  );

  it.each(cases)("%s in the %s decides nothing", async (payload, carrier) => {
    const hostile = await scan(CARRIERS[carrier]?.(PAYLOADS[payload] ?? "") ?? {});
    const twin = await scan(CARRIERS[carrier]?.("boom") ?? {});
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
    const plain = await scan({});
    const secret = await scan({ courses: [slowed(3, 8, { transaction: `GET /${SECRET}` })] });
    expect(plain.record.performance?.query).toContain("GET /api/checkout");
    expect(secret.record.performance?.query).toBeUndefined();
  });

  it.each([60, 100, 200, 400])(
    "leaves a record under 4 KB where every name has %i wide characters",
    async (length) => {
      const name = "結".repeat(length);
      const { record } = await scan({
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
