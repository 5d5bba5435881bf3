import { describeCount } from "@patchpilot/evidence";
import { describeSpan, HOUR } from "@patchpilot/time";
import { type Blocker, type RecoveryAssessment, type RecoveryNumbers, RULE } from "@patchpilot/verdict";
import type { ExposureSource, VerifyFacts } from "../../facts.ts";
import { EXPOSURE_NOUNS } from "../../words.ts";
import type { HealthFact } from "../health/facts.ts";
import type { Hold } from "../hold.ts";
import { describeOldReleases } from "../releases/words.ts";
import { describeSensor } from "../sensor/words.ts";
import { describeSibling } from "../siblings/words.ts";
import { describeKept } from "./words.ts";

/** What you can do something about comes first, what only time ends last. */
const ORDER: readonly Blocker[] = [
  "unhealthy",
  "sampling",
  "sensor",
  "sibling",
  "old-releases",
  "no-traffic",
  "uptime",
  "control",
  "flare",
  "coverage",
  "rank",
  "evidence",
  "too-soon",
];

/** Why it is not called recovered yet, the first of them for the sentence. */
export function listErrorHolds(
  { why, numbers }: RecoveryAssessment,
  facts: VerifyFacts,
  source: ExposureSource,
): readonly Hold[] {
  const holds: { readonly [Key in Blocker]: Hold } = {
    ...describeGates(facts),
    evidence: {
      why: null,
      more:
        numbers.k0 < 1
          ? "there is no error before the deploy to compare with"
          : `the odds are ${describeKept(numbers)}`,
    },
    control: describeControlled(numbers.control),
    flare: {
      why: `the error was less than ${RULE.flare.knownHours} h old at the deploy and may calm by itself, which takes ${RULE.flare.stoppedHours} h to rule out`,
    },
    rank: {
      why: null,
      more: `it was as quiet as this ${describeCount(numbers.quiet)} times before the deploy`,
    },
    coverage: {
      why: `${EXPOSURE_NOUNS[source]} are known for only ${Math.floor(numbers.coverage * 100)} % of the time`,
    },
  };
  return ORDER.filter((blocker) => why.includes(blocker)).map((blocker) => holds[blocker]);
}

/** Releases without the fix are the measure of what the fix alone has changed. */
function describeControlled(control: RecoveryNumbers["control"]): Hold {
  if (control === undefined) return { why: null };
  const due = describeCount(Math.round(control.expected));
  if (control.seen === 0)
    return {
      why: "releases without the fix have stopped raising it too, so something else may have ended it",
      more: `releases without the fix were due to raise it in ${due} five-minute buckets since the deploy and raised none`,
    };
  return {
    why: "releases without the fix are nearly as quiet",
    more: `compared with releases without the fix, which raised it in ${describeCount(control.seen)} five-minute buckets, the odds are ${describeKept(control)}`,
  };
}

/** What is said of a shut gate, and of too little time, whatever is counted. */
export const describeGates = (facts: VerifyFacts) => ({
  "old-releases": describeOldReleases(facts),
  "not-deployed": { why: "the fix is not live" },
  "too-soon": { why: null, more: "less than an hour has been seen" },
  "no-traffic": { why: "there is hardly any traffic" },
  unhealthy:
    facts.health?.state === "unknown"
      ? describeUnasked(facts.health)
      : { why: "the health check fails", next: facts.health?.remedy },
  sibling: describeSibling(facts),
  uptime: { why: describeUptime(facts.errors) },
  sampling: {
    why: "the sampling rate changed with the deploy, so rates cannot be compared",
    next: "Set the sampling rate as it was, or compare by hand and close this issue if it is fixed.",
  },
  sensor: describeSensor(facts.sensor),
});

const describeUnasked = ({ detail, remedy }: HealthFact): Hold => ({
  why: `the health check cannot be asked: ${detail.replace(/\.$/, "")}`,
  next: remedy,
});

function describeUptime(errors: VerifyFacts["errors"]): string {
  const uptime = errors?.state === "counted" ? errors.summary.uptime : undefined;
  if (uptime === undefined) return "the deployment is too young";
  const [began, missing] = [uptime.began, uptime.missing].map((hours) => describeSpan(hours * HOUR));
  return `the error used to begin ${began} after a deployment, so this one has to run ${missing} longer without another in between`;
}
