import { readFileSync } from "node:fs";
import type { LandlockPorts } from "./launcher-arguments.ts";

/** Where tests have their servers if they name a port. */
const USUAL: LandlockPorts = [1024, 9999];

/** Linux's own choice. */
const GIVEN: LandlockPorts = [32_768, 60_999];

/** Ports of servers that any account may have, and those that the system gives to a program that asks for none by name. */
export function serverPorts(path = "/proc/sys/net/ipv4/ip_local_port_range"): readonly LandlockPorts[] {
  return [USUAL, readGiven(path)];
}

function readGiven(path: string): LandlockPorts {
  try {
    const [from, to] = readFileSync(path, "utf8").trim().split(/\s+/).map(Number);
    return from !== undefined && to !== undefined && from >= 1024 && to >= from ? [from, to] : GIVEN;
  } catch {
    return GIVEN;
  }
}
