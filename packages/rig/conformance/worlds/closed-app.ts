import { type FailingApp, findHead, type LiveAppOptions, openFailingApp, stateAndPhase } from "./live-app.ts";

/** An app whose incident of three errors an hour was fixed and closed. */
export type ClosedApp = FailingApp & {
  /** Commits, and deployments of them. */
  readonly fix: string;
  readonly old: string;
  readonly fixDeployment: string;
  readonly oldDeployment: string;
};

export async function openClosedApp(options: Partial<LiveAppOptions> = {}): Promise<ClosedApp> {
  const production = openFailingApp(options);
  const old = findHead(production);
  const oldDeployment = production.vercel.liveOf("shop")?.id ?? "";
  const fix = await production.repair();
  production.deploy(fix);
  const fixDeployment = production.vercel.liveOf("shop")?.id ?? "";
  production.goOn(5);
  await production.verify();
  const [state] = stateAndPhase(production);
  if (state !== "closed") throw new Error("The fix helped, and the incident was not closed.");
  return { ...production, fix, old, oldDeployment, fixDeployment };
}
