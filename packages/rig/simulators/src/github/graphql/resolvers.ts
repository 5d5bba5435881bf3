import { actorFields } from "./fields/actor.ts";
import { branchProtectionFields } from "./fields/branch-protection.ts";
import { checkFields } from "./fields/check.ts";
import { commentFields } from "./fields/comment.ts";
import { deploymentFields } from "./fields/deployment.ts";
import { gitFields } from "./fields/git.ts";
import { issueFields } from "./fields/issue.ts";
import { labelFields } from "./fields/label.ts";
import { pullFields } from "./fields/pull.ts";
import { queryFields } from "./fields/query.ts";
import { repositoryFields } from "./fields/repository.ts";
import { gitMutations } from "./mutations/git.ts";
import { commentMutations, issueMutations } from "./mutations/issues.ts";
import type { ResolverTable } from "./resolver.ts";

/** Every field and mutation that the simulator answers, by `Type.field`. */
export const RESOLVERS: ResolverTable = {
  ...actorFields,
  ...branchProtectionFields,
  ...checkFields,
  ...commentFields,
  ...deploymentFields,
  ...gitFields,
  ...issueFields,
  ...labelFields,
  ...pullFields,
  ...queryFields,
  ...repositoryFields,
  ...gitMutations,
  ...commentMutations,
  ...issueMutations,
};
