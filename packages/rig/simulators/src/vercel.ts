export type { DispatchEvent, DispatchType } from "./vercel/dispatch-event.ts";
export {
  createVercelSimulator,
  type NewDeployment,
  type NewProject,
  type VercelOptions,
  type VercelSimulator,
} from "./vercel/simulator.ts";
export type { BuildEnd, ProjectSettings, VercelDeployment, VercelProject } from "./vercel/world.ts";
