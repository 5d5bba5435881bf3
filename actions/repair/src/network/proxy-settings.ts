import { javaVariables } from "../sandbox/tool-homes.ts";
import { readAddress } from "./address.ts";

/** Hosts that no proxy is asked for. */
const DIRECT = ["127.0.0.1", "localhost", "::1"];

/** The variables by which programs find a proxy. @param home where `proxyFiles` are */
export function proxyVariables(proxy: string, home: string): Record<string, string> {
  const both = (name: string, value: string) => ({ [name]: value, [name.toLowerCase()]: value });
  return {
    ...both("HTTP_PROXY", proxy),
    ...both("HTTPS_PROXY", proxy),
    ...both("NO_PROXY", DIRECT.join(",")),
    // Yarn 2 and 3 read none of these.
    YARN_HTTP_PROXY: proxy,
    YARN_HTTPS_PROXY: proxy,
    NODE_USE_ENV_PROXY: "1",
    ...javaVariables(home),
  };
}

/** Settings of what does not read variables, by path in a home. */
export function proxyFiles(proxy: string): Record<string, string> {
  const { hostname, port } = new URL(proxy);
  const direct = DIRECT.join("|");
  const maven = ["http", "https"].map(
    (protocol) =>
      `<proxy><id>${protocol}</id><active>true</active><protocol>${protocol}</protocol><host>${hostname}</host><port>${port}</port><nonProxyHosts>${direct}</nonProxyHosts></proxy>`,
  );
  const gradle = ["http", "https"].flatMap((protocol) => [
    `systemProp.${protocol}.proxyHost=${hostname}`,
    `systemProp.${protocol}.proxyPort=${port}`,
    `systemProp.${protocol}.nonProxyHosts=${direct}`,
  ]);
  return {
    ".m2/settings.xml": `<settings><proxies>${maven.join("")}</proxies></settings>\n`,
    ".gradle/gradle.properties": `${gradle.join("\n")}\n`,
  };
}

/** Variables of the machine that name a registry, such as a mirror. */
const REGISTRY =
  /^(npm_config_(@[\w.-]+:)?registry|yarn_npm_registry_server|pip_(extra_)?index_url|uv_(default_|extra_)?index(_url)?|goproxy|cargo_registries_\w+_index)$/i;

/** @returns those that hold no credentials, which are not for what runs here; the others are only allowed to be asked */
export function registryVariables(machine: Readonly<Record<string, string>>) {
  const given = Object.entries(machine).filter(([name]) => REGISTRY.test(name));
  const addresses = given.flatMap(([, value]) => addressesIn(value));
  return { addresses, passed: Object.fromEntries(given.filter(([, value]) => !value.includes("@"))) };
}

const addressesIn = (value: string) =>
  value
    .split(/[\s,|]+/)
    .flatMap((url) =>
      /^(sparse\+)?https?:/.test(url) ? (readAddress(url.replace("sparse+", "")) ?? []) : [],
    );
