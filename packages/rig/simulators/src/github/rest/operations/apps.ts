import { renderApp, renderInstallation } from "../../render/app.ts";
import { requireInstallation } from "../../state/accounts/apps.ts";
import { asApp, ok, type RestOperations } from "../operation.ts";

export const appOperations: RestOperations = {
  "apps/get-authenticated": asApp((call) => ok(renderApp(call.world, call.app))),
  "apps/get-repo-installation": asApp((call) => {
    const repository = call.world.repository(`${call.path["owner"]}/${call.path["repo"]}`);
    return ok(renderInstallation(call.world, call.app, requireInstallation(call.app, repository)));
  }),
};
