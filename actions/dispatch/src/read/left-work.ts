import type { DispatchAside, DispatchPorts } from "../ports.ts";

/** What a run's artifact is called that holds the files of the job `work`, and the one of the job `verify`. */
const WORK = "patch";
const VERIFICATION = "verification";

/** The files of an artifact by their names. */
type Files = ReadonlyMap<string, Uint8Array>;

/** What the jobs of a worker's run left. */
export type LeftWork = { readonly work: Files; readonly verification: Files };

/** Asks for reads that the run can do without, each artifact once. */
export type LeftWorkReader = {
  readonly aside: () => DispatchAside;
  /** @returns a sentence where there is nothing. @throws whatever a request throws */
  readonly read: (run: string) => Promise<LeftWork | string>;
};

/** Opens the connection beside the run's own when it is first needed: what is asked for twice is read once. */
export function openLeftWork(ports: Pick<DispatchPorts, "openAside">): LeftWorkReader {
  let opened: DispatchAside | undefined;
  const aside = () => {
    opened ??= ports.openAside();
    return opened;
  };
  const known = new Map<string, Promise<LeftWork | string>>();
  return {
    aside,
    read: (run) => {
      const read = known.get(run) ?? readLeftWork(run, aside());
      known.set(run, read);
      return read;
    },
  };
}

async function readLeftWork(run: string, aside: DispatchAside): Promise<LeftWork | string> {
  const artifacts = await aside.listArtifacts(run);
  const artifact = artifacts.find(({ name }) => name === WORK);
  if (artifact === undefined) return "its run left no artifact";
  if (artifact.expired) return "its artifact is kept no longer";
  const work = await aside.readArtifact(artifact.id, ["change.patch", "result.json"]);
  const verification = artifacts.find(({ name, expired }) => name === VERIFICATION && !expired);
  return {
    work,
    verification: verification ? await aside.readArtifact(verification.id, ["result.json"]) : new Map(),
  };
}
