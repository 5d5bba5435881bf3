/** Why the wall does not stand. `missing`: there is no bubblewrap. */
export type WallFault = { readonly kind: "missing" | "refused"; readonly said: string };

/** A change to the machine that may let the wall stand. */
export type Remedy = { readonly for: WallFault["kind"]; readonly script: string };

const PROFILE = "/etc/apparmor.d/patchpilot-bwrap";

/**
 * To be tried as root in this order, each where the fault is its own. Ubuntu keeps user namespaces from programs that
 * it has no AppArmor profile of, bubblewrap among them.
 */
export const REMEDIES: readonly Remedy[] = [
  {
    for: "missing",
    script:
      "export DEBIAN_FRONTEND=noninteractive; install() { apt-get install -y --no-install-recommends bubblewrap; }; install || { apt-get update && install; }",
  },
  {
    for: "refused",
    script: `printf '%s\\n' 'abi <abi/4.0>,' 'include <tunables/global>' 'profile patchpilot-bwrap /usr/bin/bwrap flags=(unconfined) {' '  userns,' '}' > ${PROFILE} && apparmor_parser -r ${PROFILE} || { rm -f ${PROFILE}; exit 1; }`,
  },
  { for: "refused", script: "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0" },
];

/** How a person gets the wall where nothing may be changed, or nothing helped. */
export const adviceFor = ({ kind }: WallFault): string =>
  kind === "missing"
    ? "Install bubblewrap (`apt-get install bubblewrap`) on the runner."
    : "Allow bubblewrap to make user namespaces on the runner: docs/runners.md says how.";
