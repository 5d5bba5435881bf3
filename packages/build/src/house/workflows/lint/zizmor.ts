import { z } from "zod";
import type { Finding, Linter } from "./run-linter.ts";

const findings = z.array(
  z.object({
    ident: z.string(),
    desc: z.string(),
    locations: z.array(
      z.object({
        symbolic: z.object({
          kind: z.string(),
          annotation: z.string(),
          key: z.object({ Local: z.object({ verbatim_path: z.string() }) }),
        }),
        concrete: z.object({ location: z.object({ start_point: z.object({ row: z.number() }) }) }),
      }),
    ),
  }),
);

/** Offline, it leaves out the rules that need GitHub's answers. */
export const ZIZMOR: Linter = {
  name: "zizmor",
  exceptions: ".github/zizmor.yml",
  mustFind: ["template-injection", "unpinned-uses"],
  options: ["--pedantic", "--offline", "--strict-collection", "--quiet", "--format=json", "--config"],
  // From 11 on the status says how severe the worst finding is.
  isFinding: (status) => status > 10,
  readReport: readZizmor,
};

/** A finding may name many places; its primary one counts. */
export function readZizmor(json: string): readonly Finding[] {
  return findings.parse(JSON.parse(json)).map(({ ident, desc, locations }) => {
    const place = locations.find(({ symbolic }) => symbolic.kind === "Primary");
    if (place === undefined) throw new Error(`zizmor names no place for ${ident}.`);
    return {
      file: place.symbolic.key.Local.verbatim_path,
      line: place.concrete.location.start_point.row + 1,
      rule: ident,
      sentence: `${desc}: ${place.symbolic.annotation}`,
    };
  });
}
