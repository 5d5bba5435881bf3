import { renderApp, renderInstallation } from "../../render/app.ts";
import { requireInstallation } from "../../state/accounts/apps.ts";
import { notFound } from "../../state/refusal.ts";
import { anywhere, asApp, type RestCall, type RestOperations } from "../operation.ts";
import { countedPageReply } from "../pages.ts";
import { okReply, type RestReply } from "../reply.ts";

export const appOperations: RestOperations = {
  "apps/get-authenticated": asApp((call) => okReply(renderApp(call.world, call.app))),
  "apps/get-repo-installation": asApp((call) => {
    const repository = call.world.repository(`${call.path["owner"]}/${call.path["repo"]}`);
    return okReply(renderInstallation(call.world, call.app, requireInstallation(call.app, repository)));
  }),
  "orgs/list-app-installations": anywhere(listInstallations, { query: ["per_page", "page"] }),
};

/** For an organization's owners. Not documented: that others are refused with 404. */
function listInstallations(call: RestCall): RestReply {
  const { world, token, path } = call;
  const organization = world.identity(path["org"] ?? "");
  const isOwner = world.organizationOwners.has(`${organization?.login}/${token.actor.login}`);
  if (organization?.type !== "Organization" || !isOwner) throw notFound();
  const installed = [...new Set(world.apps.values())].flatMap((app) =>
    app.installations
      .filter(({ account }) => account.login === organization.login)
      .map((installation) => ({ app, installation })),
  );
  return countedPageReply(call, "installations", installed, ({ app, installation }) =>
    renderInstallation(world, app, installation),
  );
}
