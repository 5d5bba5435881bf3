export { connectVercel, type DeploymentList, type Vercel, type VercelConnection } from "./connect.ts";
export type { Deployment, DeploymentFailure, DeploymentState, FailureReason } from "./deployment.ts";
export type { LiveDeployment, Production, Rollback } from "./production.ts";
