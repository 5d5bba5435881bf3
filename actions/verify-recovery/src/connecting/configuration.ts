import type { Job } from "@patchpilot/action-kit";
import { fileReader } from "@patchpilot/github";

/** How this action reads `.github/patchpilot.yml`: from the workflow's own repository, as every action of a job. */
export const configuration = (given: Readonly<Record<string, string>>, { environment, secrets }: Job) =>
  fileReader({ ...environment, secrets, token: given["github-token"] }, environment.repository);
