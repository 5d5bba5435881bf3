export type { DispatchEvent, DispatchType } from "./vercel/dispatch-event.ts";
export {
  createVercelSimulator,
  type VercelOptions,
  type VercelSimulator,
} from "./vercel/simulator.ts";
export type { BuildEnd, VercelDeployment, VercelProject } from "./vercel/world.ts";
