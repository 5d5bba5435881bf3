import { type Curve, hours, stepAtDeploy } from "./plan.ts";
import type { WorldKind } from "./world.ts";

const QUOTA_HOURS = 24;
const SAMPLED_TO = 0.1;

const whileQuotaIsSpent: Curve = (bucket) => (bucket >= 0 && bucket < hours(QUOTA_HOURS) ? 1 : 0);

export const SENSOR: readonly WorldKind[] = [
  {
    name: "error quota spent for 24 h",
    claim: "promise",
    plan: () => ({ dropped: { share: whileQuotaIsSpent, as: "rateLimited" } }),
  },
  ...[1, 4, 12].map(
    (late): WorldKind => ({
      name: `errors ${late} h late`,
      claim: "promise",
      plan: () => ({ lateness: stepAtDeploy(0, hours(late)) }),
    }),
  ),
  {
    name: "errors sampled to a tenth at the deploy",
    claim: "promise",
    plan: () => ({ dropped: { share: stepAtDeploy(0, 1 - SAMPLED_TO), as: "discarded" } }),
  },
];
