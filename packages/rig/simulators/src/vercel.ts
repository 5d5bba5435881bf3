export type { DispatchEvent } from "./vercel/dispatch-event.ts";
export { createVercelSimulator, type VercelSimulator } from "./vercel/simulator.ts";
