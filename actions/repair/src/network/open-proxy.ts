import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Address, formatAddress } from "./address.ts";
import { type Door, type DoorPlace, openDoor } from "./door.ts";
import { type Asker, decidePermission, type Policy } from "./policy.ts";
import { createProxy } from "./proxy.ts";
import { proxyFiles, proxyVariables, registryVariables } from "./proxy-settings.ts";

/** What the proxy of a step is made from. */
export type ProxyRequest = {
  readonly policy: Policy;
  /** The machine's variables, without the runner's. */
  readonly machine: Readonly<Record<string, string>>;
  readonly findHome: (asker: Asker) => string;
};

/** A proxy for the commands of a step, which run one after the other. */
export type OpenProxy = Pick<Door, "close"> & {
  readonly sentence: string;
  /** Answers to this owner of a command alone from now on. @returns the variables by which it is found */
  readonly admit: (asker: Asker) => Record<string, string>;
  readonly refused: readonly string[];
};

/** Refused addresses that are kept: a command that asks for more is not after a registry. */
const MOST_REFUSED = 50;

export async function openProxy(
  { policy: given, machine, findHome }: ProxyRequest,
  place: DoorPlace,
): Promise<OpenProxy> {
  const fromMachine = registryVariables(machine);
  const policy = { ...given, registries: [...given.registries, ...fromMachine.addresses] };
  const refused: string[] = [];
  let asker: Asker = "tests";
  const server = createProxy({
    machine,
    judge: (address) => decidePermission(policy, asker, address),
    refuse: (address) => {
      const named = `${formatAddress(address)} (${asker})`;
      if (refused.length < MOST_REFUSED && !refused.includes(named)) refused.push(named);
    },
  });
  const door = await openDoor(server, place);
  for (const home of new Set([findHome("agent"), findHome("setup"), findHome("tests")]))
    await writeFiles(home, proxyFiles(door.url));
  return {
    sentence: describePolicy(policy),
    admit: (next) => {
      // What another owner has begun to ask is not asked in this one's name.
      server.closeAllConnections();
      asker = next;
      return { ...fromMachine.passed, ...proxyVariables(door.url, findHome(next)) };
    },
    refused,
    close: door.close,
  };
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

function describePolicy({ registries, named, fetching }: Policy): string {
  const hosts = [...named, ...registries].map((address: Address) =>
    address.port === 443 ? address.host : formatAddress(address),
  );
  const known = hosts.length === 0 ? "no registry, as no file names one" : [...new Set(hosts)].join(", ");
  return `Their network is closed, but ${[...fetching].join(" and ")} may ask ${known}.`;
}
