import type { Sandbox } from "../sandbox/sandbox.ts";
import { openDoor } from "./door.ts";
import type { Network } from "./network.ts";
import { type OwnNetworkFacts, openOwnNetwork } from "./open-own-network.ts";
import { openProxy, type ProxyRequest } from "./open-proxy.ts";

/** What the network of a step is made from. */
export type NetworkRequest = ProxyRequest &
  OwnNetworkFacts & {
    /** Whether the workflow wants commands to have the machine's network. */
    readonly shared: boolean;
  };

/** Opens the network that a sandbox names. @throws Error with the remedy if it cannot be made */
export function openNetwork(request: NetworkRequest): Promise<Network> {
  const { sandbox, shared } = request;
  if (sandbox.network === "bridge") return Promise.resolve(bridgeNetwork(sandbox));
  if (sandbox.network === "machine") return Promise.resolve(MACHINE);
  if (sandbox.network === "loopback") return openLoopback(request);
  if (shared)
    return Promise.resolve({
      ...MACHINE,
      sentence: "Their network is the machine's (`sandbox-network: host`).",
    });
  return openOwnNetwork(request);
}

const MACHINE: Network = {
  enter: () => ({ env: {} }),
  openGate: (server) => openDoor(server, { host: "127.0.0.1" }),
  refused: [],
  close: async () => {},
};

function bridgeNetwork({ gateway }: Sandbox): Network {
  return {
    ...MACHINE,
    openGate: async (server) => {
      try {
        return await openDoor(server, { host: (await gateway?.()) ?? "127.0.0.1" });
      } catch (cause) {
        const why = cause instanceof Error ? cause.message.trim().split("\n").at(-1) : cause;
        throw new Error(
          `The agent's container cannot reach the model's door, and the key itself is not for it (${why}). Set \`sandbox-network\` to a bridge network of this machine, or to \`host\`.`,
          { cause },
        );
      }
    },
  };
}

/** Commands reach the machine's loopback: the proxy listens there. */
async function openLoopback(request: NetworkRequest): Promise<Network> {
  const proxy = await openProxy(request, { host: "127.0.0.1" });
  return { ...MACHINE, ...proxy, enter: (asker) => ({ env: proxy.admit(asker) }) };
}
