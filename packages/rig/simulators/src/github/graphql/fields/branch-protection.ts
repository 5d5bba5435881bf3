import { hasRole } from "../../state/accounts/roles.ts";
import { encodeNodeId } from "../../state/node-id.ts";
import type { Repository } from "../../state/repository.ts";
import type { BranchProtectionRequest } from "../../state/settings.ts";
import { connectInOrder, PAGING } from "../connection.ts";
import { fields, type ResolverTable, taking } from "../resolver.ts";
import type { RepositorySource } from "../sources.ts";

type ProtectionSource = {
  readonly __typename: "BranchProtectionRule";
  readonly repository: Repository;
  readonly record: BranchProtectionRequest;
};

/** Of who may push, only the kind is known. */
type AllowanceSource = {
  readonly __typename: "PushAllowance";
  readonly actor: { readonly __typename: "App" | "Team" | "User" };
};

export const branchProtectionFields: ResolverTable = {
  ...fields<RepositorySource>("Repository", {
    viewerCanAdminister: ({ repository }, _, { token }) => hasRole(token, repository, "admin"),
    // To anyone but an admin, GitHub shows an empty list: github.com/w3c/validate-repos/issues/30
    branchProtectionRules: taking(
      PAGING,
      ({ repository }, args, { token }) =>
        connectInOrder(
          hasRole(token, repository, "admin") ? repository.settings.branchProtections : [],
          args,
          (record): ProtectionSource => ({ __typename: "BranchProtectionRule", repository, record }),
        ),
      { administration: "read" },
    ),
  }),
  ...fields<ProtectionSource>("BranchProtectionRule", {
    id: ({ repository, record }) => encodeNodeId("BPR", repository.id, record.pattern),
    pattern: ({ record }) => record.pattern,
    blocksCreations: ({ record }) => record.blocksCreations ?? false,
    restrictsPushes: ({ record }) => record.restrictsPushes ?? false,
    lockBranch: ({ record }) => record.lockBranch ?? false,
    requiresCommitSignatures: ({ record }) => record.requiresCommitSignatures ?? false,
    pushAllowances: taking(PAGING, ({ record }, args) =>
      connectInOrder(
        record.mayPush ?? [],
        args,
        (kind): AllowanceSource => ({
          __typename: "PushAllowance",
          actor: { __typename: kind },
        }),
      ),
    ),
  }),
  ...fields<AllowanceSource>("PushAllowance", { actor: ({ actor }) => actor }),
};
