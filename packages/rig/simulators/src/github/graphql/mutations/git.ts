import { createRef, type RefUpdate, updateRefs } from "../../state/code/refs.ts";
import { GitHubRefusal, unprocessable } from "../../state/refusal.ts";
import type { ResolverTable } from "../resolver.ts";
import { refSource } from "../sources.ts";
import { mutations, subject } from "./mutation.ts";

export const gitMutations: ResolverTable = mutations({
  createRef: (input, context) => {
    const { scope, repository } = subject(context, input["repositoryId"], { contents: "write" }, "R");
    try {
      return { ref: refSource(repository, createRef(scope, input["name"], input["oid"])) };
    } catch (error) {
      // GraphQL words this one differently from REST.
      if (!(error instanceof GitHubRefusal) || error.message !== "Reference already exists") throw error;
      throw unprocessable(`A ref named "${input["name"]}" already exists in the repository.`);
    }
  },
  updateRefs: (input, context) => {
    const { scope } = subject(context, input["repositoryId"], { contents: "write" }, "R");
    updateRefs(scope, input["refUpdates"] as RefUpdate[]);
    return {};
  },
});
