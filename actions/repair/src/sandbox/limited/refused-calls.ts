import {
  ALLOWED,
  allowIf,
  type CallVerdict,
  type Instruction,
  loadArgument,
  makeFilter,
  maskWith,
  REFUSED,
  refuseIfAny,
  refuseUnless,
  UNKNOWN,
} from "./filter.ts";
import type { Architecture, SystemCall } from "./system-calls.ts";

/** Calls that no command needs, and by which it gets at other processes, at the kernel or around Landlock. */
const REFUSED_CALLS = [
  // The memory and files of other processes.
  ...["ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease"],
  ...["pidfd_getfd", "kcmp", "move_pages", "migrate_pages"],
  // Work that the kernel does in a process's name, where no filter sees it.
  ...["io_uring_setup", "io_uring_enter", "io_uring_register"],
  // Keys of the account.
  ...["add_key", "request_key", "keyctl"],
  // Large parts of the kernel that are seldom needed.
  ...["bpf", "perf_event_open", "userfaultfd", "fanotify_init", "open_by_handle_at", "syslog"],
  // Other file systems, and another root.
  ...["mount", "umount2", "pivot_root", "chroot", "move_mount", "mount_setattr"],
  ...["open_tree", "open_tree_attr", "fsopen", "fsconfig", "fsmount", "fspick"],
  ...["quotactl", "quotactl_fd", "swapon", "swapoff", "setns"],
  // Another kernel, or more of it.
  ...["kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "reboot"],
] as const satisfies readonly SystemCall[];

const [UNIX, INET, INET6] = [1, 2, 10];
const STREAM = 1;
/** The bits of a socket's type that are no flags. */
const TYPE = 0xf;
const [ANY_PROTOCOL, TCP] = [0, 6];
/** Connects while it sends, which Landlock does not see. */
const FAST_OPEN = 0x20000000;
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET; CLONE_NEWTIME, which is a signal's bit to `clone`. */
const NEW_NAMESPACES = 0x7e020000;
const NEW_TIME = 0x80;

const unlessSending = (flags: number): CallVerdict => [
  loadArgument(flags),
  ...refuseIfAny(FAST_OPEN),
  ALLOWED,
];

/** Beside Unix sockets, TCP alone: Landlock knows the ports of no other protocol. */
const SOCKETS: CallVerdict = [
  loadArgument(0),
  ...allowIf(UNIX),
  ...refuseUnless(INET, INET6),
  loadArgument(1),
  maskWith(TYPE),
  ...refuseUnless(STREAM),
  loadArgument(2),
  ...refuseUnless(ANY_PROTOCOL, TCP),
  ALLOWED,
];

/** What a command may not ask the kernel for. */
export function commandFilter(architecture: Architecture): Instruction[] {
  return makeFilter(architecture, {
    ...Object.fromEntries(REFUSED_CALLS.map((call) => [call, [REFUSED]])),
    socket: SOCKETS,
    sendto: unlessSending(3),
    sendmsg: unlessSending(2),
    sendmmsg: unlessSending(3),
    clone: [loadArgument(0), ...refuseIfAny(NEW_NAMESPACES), ALLOWED],
    unshare: [loadArgument(0), ...refuseIfAny(NEW_NAMESPACES | NEW_TIME), ALLOWED],
    // Its flags lie in memory, which no filter sees.
    clone3: [UNKNOWN],
    // Limits of other processes, such as the action.
    prlimit64: [loadArgument(0), ...allowIf(0), REFUSED],
  });
}
