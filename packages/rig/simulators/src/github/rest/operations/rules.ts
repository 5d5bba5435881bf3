import { pageUrl } from "../../render/urls.ts";
import { hasRole } from "../../state/accounts/roles.ts";
import type { Ruleset } from "../../state/code/ruleset.ts";
import { rulesFor } from "../../state/code/rulesets.ts";
import { encodeNodeId } from "../../state/node-id.ts";
import { notFound } from "../../state/refusal.ts";
import type { Repository } from "../../state/repository.ts";
import { inRepository, type RepositoryCall, type RestOperations, readNumber } from "../operation.ts";
import { pageReply } from "../pages.ts";
import { okReply } from "../reply.ts";

export const ruleOperations: RestOperations = {
  "repos/get-branch-rules": inRepository({ metadata: "read" }, { query: ["per_page", "page"] }, (call) =>
    pageReply(
      call,
      rulesFor(call.repository, `refs/heads/${call.path["branch"]}`),
      renderedIn(call.repository),
    ),
  ),
  "repos/get-repo-rulesets": inRepository(
    { metadata: "read" },
    { query: ["per_page", "page", "includes_parents"] },
    (call) => pageReply(call, listRulesets(call), (ruleset) => renderRuleset(call, ruleset)),
  ),
  "repos/get-repo-ruleset": inRepository({ metadata: "read" }, { query: ["includes_parents"] }, (call) => {
    const ruleset = listRulesets(call).find(({ id }) => id === readNumber(call.path, "ruleset_id"));
    if (ruleset === undefined) throw notFound();
    return okReply({ ...renderRuleset(call, ruleset), ...renderContent(call, ruleset) });
  }),
};

const listRulesets = ({ repository, query }: RepositoryCall): readonly Ruleset[] =>
  repository.rulesets.filter(
    ({ organization }) => organization === null || query["includes_parents"] !== false,
  );

function renderedIn(repository: Repository) {
  return ({ rule, ruleset }: ReturnType<typeof rulesFor>[number]): object => {
    const { source_type, source } = renderSource(repository, ruleset);
    return { ...rule, ruleset_source_type: source_type, ruleset_source: source, ruleset_id: ruleset.id };
  };
}

const renderSource = ({ fullName }: Repository, { organization }: Ruleset) => ({
  source_type: organization === null ? "Repository" : "Organization",
  source: organization ?? fullName,
});

function renderRuleset({ world, repository, url }: RepositoryCall, ruleset: Ruleset): object {
  const { id, name, target, enforcement } = ruleset;
  return {
    id,
    name,
    target,
    ...renderSource(repository, ruleset),
    enforcement,
    node_id: encodeNodeId("RRS", repository.id, id),
    _links: {
      self: { href: `${url.origin}/repos/${repository.fullName}/rulesets/${id}` },
      html: { href: `${pageUrl(world, repository)}/rules/${id}` },
    },
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
  };
}

/** Who may bypass it is for those who may change it. */
function renderContent({ token, repository }: RepositoryCall, ruleset: Ruleset): object {
  const { target, include, exclude, rules, bypass, organization } = ruleset;
  const mayChange = organization === null && hasRole(token, repository, "admin");
  return {
    conditions: target === "push" ? null : { ref_name: { include, exclude } },
    rules,
    current_user_can_bypass: "never",
    ...(mayChange
      ? {
          bypass_actors: bypass.map((actor_type, index) => ({
            actor_id: index + 1,
            actor_type,
            bypass_mode: "always",
          })),
        }
      : {}),
  };
}
