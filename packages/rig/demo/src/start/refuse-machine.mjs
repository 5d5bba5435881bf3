// @ts-check
// Any Node reads this file: no syntax newer than Node 12's.

/** For these, root package.json names a package that holds Node 24. */
const SERVED = ["linux x64", "linux arm64", "darwin x64", "darwin arm64"];

/**
 * Why the demo cannot start on this machine, and what helps.
 * @param {{ node: string, platform: string, cpu: string, isMusl: boolean }} machine
 * @returns {string} empty if it can
 */
export function refuseMachine({ node, platform, cpu, isMusl }) {
  const major = Number(node.split(".")[0]);
  const again = "and run `npm run demo` again.";
  if (major < 20)
    return `The demo needs Node 20 or newer, and this is Node ${node}. Install a newer one from https://nodejs.org ${again}`;
  if (isMusl)
    return `The demo needs a Linux with glibc, such as Debian, Ubuntu or Fedora, and this one has musl, as Alpine does. Use another machine or container image ${again}`;
  if (major < 24 && SERVED.indexOf(`${platform} ${cpu}`) < 0)
    return `The demo runs on Node 24, which it can install only on Linux and macOS with an x64 or arm64 processor. This is Node ${node} on ${platform} ${cpu}. Install Node 24 or newer from https://nodejs.org ${again}`;
  return "";
}
