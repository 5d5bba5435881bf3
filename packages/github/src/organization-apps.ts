import * as z from "zod";
import type { GitHub } from "./client.ts";
import { readReply } from "./graphql.ts";

/** An App that is installed in an organization. */
export type OrganizationApp = {
  /** The last part of its address: `sentry`. */
  readonly slug: string;
  /** The repositories that it reaches: all of them, those that someone selected, or none for the time being. */
  readonly reach: "all" | "selected" | "suspended";
};

const installationSchema = z.object({
  app_slug: z.string(),
  suspended_at: z.string().nullish(),
  repository_selection: z.string(),
});
const installationsSchema = z.object({ installations: z.array(installationSchema) });

/**
 * The Apps of an organization, at most 100. Only its owners may ask; a fine-grained token needs `Administration: read` of the
 * organization. Which of the selected repositories an App reaches, GitHub says to the App alone:
 * `/repos/{owner}/{repo}/installation` takes a token that the App signed, and `/user/installations` one that it got.
 * Source: docs.github.com/rest/orgs/orgs, "List app installations for an organization".
 */
export async function listOrganizationApps(github: GitHub, org: string): Promise<OrganizationApp[]> {
  const { data } = await github.request("GET /orgs/{org}/installations", { org, per_page: 100 });
  const { installations } = readReply(installationsSchema, data, "GET the Apps of the organization");
  return installations.map(({ app_slug, repository_selection, suspended_at }) => ({
    slug: app_slug,
    reach: suspended_at != null ? "suspended" : repository_selection === "all" ? "all" : "selected",
  }));
}
