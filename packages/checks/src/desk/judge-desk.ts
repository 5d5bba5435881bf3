import { judgeRefusal } from "../asking.ts";
import type { Check } from "../check.ts";
import { judgeVisibility } from "../repository/judge-repository.ts";
import type { DeskFacts, DeskSettings } from "./facts.ts";
import { judgeAccess } from "./judge-access.ts";
import { judgeActions } from "./judge-actions.ts";
import { judgeNames } from "./judge-names.ts";
import { judgeRules } from "./judge-rules.ts";
import { judgeWorkflows } from "./judge-workflows.ts";

/** Judges what someone sees of a repository at the desk. One that GitHub does not show is one check: the rest says the same. */
export function judgeDesk(settings: DeskSettings, facts: DeskFacts): readonly Check[] {
  const { profile } = facts;
  if (profile.state === "refused") return [judgeRefusal({ name: "Repository", settings: [] }, profile)];
  return [
    judgeVisibility({ visibility: { ...profile, value: profile.value.visibility } }),
    ...judgeAccess(settings, facts, profile),
    ...judgeActions(settings, facts),
    ...judgeWorkflows(settings, facts),
    ...judgeNames(settings, facts),
    ...judgeRules(settings, facts),
  ];
}
