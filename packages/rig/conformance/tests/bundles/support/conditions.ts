import { chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  ALLOWED,
  encodeProgram,
  loadArgument,
  makeFilter,
  REFUSED,
  refuseIfAny,
  UNKNOWN,
} from "@patchpilot/action-repair/sandbox/limited/filter";

/** What a runner lets a job do. */
export type Condition = {
  /** Whom the job runs as, if not as this process. */
  readonly account: number | undefined;
  /** A command that runs the one after it under this condition. */
  readonly before: readonly string[];
  /** Folders of programs that come first in PATH. */
  readonly tools: readonly string[];
  /** Variables of the machine; its home is empty if they name none. */
  readonly variables: Readonly<Record<string, string>>;
};

export const OWN_ACCOUNT: Condition = { account: undefined, before: [], tools: [], variables: {} };

const isRoot = process.getuid?.() === 0;
const ACCOUNT = 1001;
const BECOME = ["setpriv", `--reuid=${ACCOUNT}`, `--regid=${ACCOUNT}`, "--clear-groups"];
const FEW_CAPABILITIES = "--bounding-set=-all,+chown,+dac_override,+fowner,+kill,+setgid,+setuid,+setpcap";
const NO_PRIVILEGES = ["--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"];

/** Another account than root's, which root alone can become. */
export const plainAccount = (): Condition => ({ ...OWN_ACCOUNT, account: ACCOUNT, before: BECOME });

/** No user namespaces, and `sudo`, on a machine that is thrown away. @param folder for the programs of that machine */
export function sudoAlone(folder: string): Condition {
  writeSudo(folder);
  return {
    account: ACCOUNT,
    before: [...filtered(NO_NAMESPACES), ...BECOME],
    tools: [folder],
    variables: { RUNNER_ENVIRONMENT: "github-hosted" },
  };
}

/** A pod: no user namespaces, no new privileges and no capabilities. */
export const pod = (): Condition => withoutPrivileges(NO_NAMESPACES);

/** A job as root in a container of Docker's: no namespaces, and few capabilities. */
export const container = (): Condition => ({
  ...OWN_ACCOUNT,
  before: [
    ...filtered({ ...NO_NAMESPACES, mount: [REFUSED] }),
    "setpriv",
    "--inh-caps=-all",
    FEW_CAPABILITIES,
  ],
});

/** A pod on a kernel without Landlock. */
export const oldPod = (): Condition =>
  withoutPrivileges({ ...NO_NAMESPACES, landlock_create_ruleset: [UNKNOWN] });

function withoutPrivileges(verdicts: Verdicts): Condition {
  const filter = filtered(verdicts);
  if (!isRoot) return { ...OWN_ACCOUNT, before: ["setpriv", "--no-new-privs", ...filter] };
  return { ...OWN_ACCOUNT, account: ACCOUNT, before: [...filter, ...BECOME, ...NO_PRIVILEGES] };
}

type Verdicts = Parameters<typeof makeFilter>[1];

const NEW_USER = 0x10000000;
const NO_NAMESPACES: Verdicts = {
  clone: [loadArgument(0), ...refuseIfAny(NEW_USER), ALLOWED],
  unshare: [loadArgument(0), ...refuseIfAny(NEW_USER), ALLOWED],
  clone3: [UNKNOWN],
};

/** Perl is on every Debian, and calls the kernel by number: prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program). */
const CONFINE = `
my ($prctl, $digits, @command) = @ARGV;
my $filter = pack "H*", $digits;
my $program = pack "S x![P] P", length($filter) / 8, $filter;
syscall($prctl + 0, 22, 2, $program) == 0 or die "seccomp: $!";
exec @command or die "$command[0]: $!";
`;

function filtered(verdicts: Verdicts): string[] {
  const architecture = process.arch === "arm64" ? "arm64" : "x64";
  const filter = encodeProgram(makeFilter(architecture, verdicts)).toString("hex");
  return ["perl", "-e", CONFINE, architecture === "x64" ? "157" : "167", filter];
}

/** A `sudo` that does become root, and lets nobody change the machine. */
function writeSudo(folder: string): void {
  const become = join(folder, "become");
  copyFileSync("/usr/bin/setpriv", become);
  chmodSync(become, 0o4755);
  const script = [
    "#!/bin/sh",
    '[ "$1" = -n ] || exit 1',
    'shift; [ "$1" = -- ] && shift',
    'case "$*" in *apt-get*|*apparmor*|*sysctl*) exit 1;; esac',
    // As the real one, it stays, and a signal to the group does not end it.
    "trap : TERM",
    `env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin SUDO_UID=${ACCOUNT} '${become}' --reuid=0 --regid=0 --clear-groups -- "$@"`,
    "exit $?",
  ];
  writeFileSync(join(folder, "sudo"), `${script.join("\n")}\n`, { mode: 0o755 });
}
