import { rulesFor } from "../../state/code/rulesets.ts";
import type { Repository } from "../../state/repository.ts";
import { inRepository, type RestOperations } from "../operation.ts";
import { pageReply } from "../pages.ts";

export const ruleOperations: RestOperations = {
  "repos/get-branch-rules": inRepository({ metadata: "read" }, { query: ["per_page", "page"] }, (call) =>
    pageReply(
      call,
      rulesFor(call.repository, `refs/heads/${call.path["branch"]}`),
      renderedIn(call.repository),
    ),
  ),
};

function renderedIn(repository: Repository) {
  return ({ rule, ruleset }: ReturnType<typeof rulesFor>[number]): object => ({
    ...rule,
    ruleset_source_type: ruleset.organization === null ? "Repository" : "Organization",
    ruleset_source: ruleset.organization ?? repository.fullName,
    ruleset_id: ruleset.id,
  });
}
