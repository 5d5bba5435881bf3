export { connectVercel, type DeploymentList, type Vercel, type VercelConnection } from "./connect.ts";
export type {
  BuildState,
  Deployment,
  DeploymentFailure,
  FailureReason,
} from "./deployment.ts";
export type { LiveDeployment, Rollback, VercelProduction } from "./production.ts";
