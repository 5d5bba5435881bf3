import * as z from "zod";

// Read leniently: unknown fields and enum values pass, what is missing is absent. Times are milliseconds since the
// epoch. Names after Vercel's API description as @vercel/sdk 1.28.35 has it.

const text = z.string().nullish();
const instant = z.number().nullish();
const meta = z.record(z.string(), z.unknown()).nullish();

const target = z.object({
  id: z.string(),
  readyAt: instant,
  aliasAssigned: z.union([z.number(), z.boolean()]).nullish(),
  meta,
});

/** A wait that begins at the wrong instant is none, so half an answer is not taken for a deployment of this moment. */
const isDated = (live: z.output<typeof target> | null | undefined): boolean =>
  live == null || typeof live.aliasAssigned === "number" || live.readyAt != null;

/** `GET /v9/projects/{idOrName}` */
export const projectSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    autoAssignCustomDomains: z.boolean().nullish(),
    targets: z.record(z.string(), target.nullish()).nullish(),
    lastAliasRequest: z
      .object({
        fromDeploymentId: text,
        toDeploymentId: z.string(),
        jobStatus: text,
        requestedAt: instant,
        type: text,
      })
      .nullish(),
    gitProviderOptions: z
      .object({
        requireVerifiedCommits: z.boolean().nullish(),
        createDeployments: text,
        disableRepositoryDispatchEvents: z.boolean().nullish(),
      })
      .nullish(),
  })
  .refine(({ targets }) => isDated(targets?.["production"]), {
    path: ["targets", "production"],
    message: "does not say since when it is live",
  });
export type ProjectReply = z.output<typeof projectSchema>;

const deploymentFields = {
  createdAt: instant,
  created: instant,
  ready: instant,
  readyState: text,
  state: text,
  readySubstate: text,
  target: text,
  aliasAssigned: z.union([z.number(), z.boolean()]).nullish(),
  aliasAssignedAt: z.union([z.number(), z.boolean()]).nullish(),
  aliasError: z.object({ message: text }).nullish(),
  checksConclusion: text,
  errorCode: text,
  errorMessage: text,
  inspectorUrl: text,
  readyStateReason: text,
  seatBlock: z.object({ blockCode: text, isVerified: z.boolean().nullish() }).nullish(),
  attribution: z.object({ commitMeta: z.object({ isVerified: z.boolean().nullish() }).nullish() }).nullish(),
  meta,
};

/** `GET /v13/deployments/{idOrUrl}`: its id is `id`. */
export const deploymentSchema = z.object({ id: z.string(), ...deploymentFields });

/** `GET /v6/deployments` and `GET /v7/deployments`: the id is `uid`. */
export const listReply = z.object({
  deployments: z.array(
    z
      .object({ uid: z.string(), ...deploymentFields })
      .transform(({ uid, ...rest }) => ({ id: uid, ...rest })),
  ),
  pagination: z.object({ next: instant }).nullish(),
});

export type DeploymentReply = z.output<typeof deploymentSchema>;
