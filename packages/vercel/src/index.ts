export { connectVercel, type Vercel } from "./connect.ts";
export type { Deployment } from "./deployment.ts";
export type { VercelProduction } from "./production.ts";
