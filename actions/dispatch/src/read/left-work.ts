import { JOB_ENDING_FILE } from "@patchpilot/incident";
import type { DispatchAside, DispatchPorts } from "../ports.ts";

/** What the artifact of each job is called; those of `gate` and `publish` are there where the job says why it ended. */
const NAMES = {
  gate: ["gate", [JOB_ENDING_FILE]],
  work: ["patch", ["change.patch", "result.json"]],
  verification: ["verification", ["result.json"]],
  publication: ["publication", [JOB_ENDING_FILE]],
} as const;

/** The files of an artifact by their names. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** What the jobs of a worker's run left. */
export type LeftWork = Readonly<Record<keyof typeof NAMES, Files>>;

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
  const read = async (job: keyof typeof NAMES): Promise<Files> => {
    const [name, files] = NAMES[job];
    const artifact = artifacts.find((each) => each.name === name && !each.expired);
    return artifact === undefined ? new Map() : aside.readArtifact(artifact.id, files);
  };
  const work = artifacts.find(({ name }) => name === NAMES.work[0]);
  const gate = work === undefined ? await read("gate") : new Map();
  if (work === undefined && gate.size === 0) return "its run left no artifact";
  if (work?.expired) return "its artifact is no longer kept";
  return {
    gate,
    work: await read("work"),
    verification: await read("verification"),
    publication: await read("publication"),
  };
}
