import { expect, test } from "vitest";
import type { Address } from "./address.ts";
import { type Asker, covers, decidePermission, listFetchers, type Policy } from "./policy.ts";

const NPM: Address = { host: "registry.npmjs.org", port: 443 };
const NEXUS: Address = { host: "nexus.corp.example", port: 8443 };
const MODEL: Address = { host: "api.openai.com", port: 443 };
const policyOf = (fetching: ReadonlySet<Asker>): Policy => ({
  registries: [NPM],
  named: [NEXUS],
  fetching,
  models: [MODEL],
});
const ASKERS = ["setup", "tests", "agent"] as const;

test.each([
  ["setup alone", listFetchers(true, false, "none"), ["public", "nowhere", "nowhere"]],
  [
    "setup and tests that fetch for themselves",
    listFetchers(true, true, "none"),
    ["public", "public", "nowhere"],
  ],
  ["tests if there is no setup", listFetchers(false, false, "none"), ["nowhere", "public", "nowhere"]],
  ["the agent if it is wanted", listFetchers(true, false, "registries"), ["public", "nowhere", "public"]],
])("a registry is for %s", (_, fetching, expected) => {
  expect(ASKERS.map((asker) => decidePermission(policyOf(fetching), asker, NPM))).toEqual(expected);
});

test.each<[string, Asker, Address, string]>([
  ["a host that the workflow names may be near", "setup", NEXUS, "anywhere"],
  ["another port of it is another address", "setup", { ...NEXUS, port: 443 }, "nowhere"],
  ["another host is nowhere", "setup", { host: "evil.example", port: 443 }, "nowhere"],
  ["a model is for the agent that holds its key", "agent", MODEL, "anywhere"],
  ["a model is not for setup", "setup", MODEL, "nowhere"],
])("%s", (_, asker, address, permission) => {
  expect(decidePermission(policyOf(listFetchers(true, false, "none")), asker, address)).toBe(permission);
});

test.each([
  ["a public address", "pypi.org", ["151.101.0.223"], [true, true]],
  ["an address from a book, which somebody routes", "pypi.org", ["203.0.113.7"], [true, true]],
  ["a name that a proxy resolves", "pypi.org", [], [true, true]],
  ["loopback", "127.0.0.1", ["127.0.0.1"], [false, true]],
  ["a name for loopback", "localhost", [], [false, true]],
  ["a public name that leads home", "pypi.org", ["10.0.0.1"], [false, true]],
  [
    "a name with one private address among others",
    "pypi.org",
    ["151.101.0.223", "192.168.0.1"],
    [false, true],
  ],
  ["a mapped private address", "pypi.org", ["::ffff:10.0.0.1"], [false, true]],
  ["a shared address of a carrier", "pypi.org", ["100.64.0.1"], [false, true]],
  ["a local IPv6 address", "pypi.org", ["fd12::1"], [false, true]],
  ["link-local", "pypi.org", ["169.254.169.254"], [false, false]],
  ["mapped link-local", "pypi.org", ["::ffff:169.254.169.254"], [false, false]],
  ["a metadata service by name", "metadata.google.internal", [], [false, false]],
  ["multicast", "pypi.org", ["224.0.0.1"], [false, false]],
])("%s is covered as it should be, publicly and anywhere", (_, host, ips, expected) => {
  expect([covers("public", host, ips), covers("anywhere", host, ips)]).toEqual(expected);
  expect(covers("nowhere", host, ips)).toBe(false);
});
