import { renderApp, renderInstallation } from "../../render/app.ts";
import { requireInstallation } from "../../state/accounts/apps.ts";
import { asApp, type RestOperations } from "../operation.ts";
import { okReply } from "../reply.ts";

export const appOperations: RestOperations = {
  "apps/get-authenticated": asApp((call) => okReply(renderApp(call.world, call.app))),
  "apps/get-repo-installation": asApp((call) => {
    const repository = call.world.repository(`${call.path["owner"]}/${call.path["repo"]}`);
    return okReply(renderInstallation(call.world, call.app, requireInstallation(call.app, repository)));
  }),
};
