import { describe, expect, test } from "vitest";
import { encodeProgram } from "./filter.ts";
import { commandFilter } from "./refused-calls.ts";
import { type Architecture, findCallNumber, type SystemCall } from "./system-calls.ts";

const [ALLOW, KILL, EPERM, ENOSYS] = [0x7fff0000, 0x80000000, 0x00050001, 0x00050026];
const AUDIT = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;

/** Reads the bytes as the kernel does. @returns what it would answer to a call */
function ask(bytes: Buffer, number: number, args: readonly number[], architecture: number): number {
  const facts = [number, architecture, 0, 0, ...args.flatMap((value) => [value >>> 0, 0])];
  let value = 0;
  for (let at = 0; ; at += 1) {
    const k = bytes.readUInt32LE(at * 8 + 4);
    const jump = (holds: boolean) => bytes.readUInt8(at * 8 + (holds ? 2 : 3));
    const code = bytes.readUInt16LE(at * 8);
    if (code === 0x06) return k;
    if (code === 0x20) value = facts[k / 4] ?? 0;
    else if (code === 0x54) value = (value & k) >>> 0;
    else if (code === 0x15) at += jump(value === k);
    else if (code === 0x45) at += jump((value & k) !== 0);
    else throw new Error(`An instruction that is not known: ${code}`);
  }
}

describe.each<Architecture>(["x64", "arm64"])("the filter of %s", (architecture) => {
  const bytes = encodeProgram(commandFilter(architecture));
  const answerTo = (call: SystemCall, ...args: number[]) =>
    ask(bytes, findCallNumber(call, architecture), args, AUDIT[architecture]);

  test.each<[SystemCall, number[], string]>([
    ["socket", [1, 1, 0], "a Unix socket"],
    ["socket", [1, 2, 0], "a Unix socket of datagrams"],
    ["socket", [2, 1, 0], "TCP"],
    ["socket", [10, 0x80801, 6], "TCP over IPv6, with flags"],
    ["sendto", [3, 0, 0, 0x4000], "sending"],
    ["clone", [0x1200011], "a fork"],
    ["clone", [0x3d0f00], "a thread"],
    ["unshare", [0x400], "files of one's own"],
    ["prlimit64", [0, 7], "limits of one's own"],
  ])("allows `%s` with %j: %s", (call, args) => {
    expect(answerTo(call, ...args)).toBe(ALLOW);
  });

  test.each<[SystemCall, number[], string]>([
    ["socket", [2, 2, 0], "UDP"],
    ["socket", [2, 0x80002, 17], "UDP, with flags"],
    ["socket", [2, 3, 1], "raw packets"],
    ["socket", [2, 1, 262], "MPTCP"],
    ["socket", [10, 1, 132], "SCTP"],
    ["socket", [16, 3, 0], "netlink"],
    ["socket", [17, 3, 0], "packets"],
    ["socket", [38, 5, 0], "the kernel's ciphers"],
    ["socket", [40, 1, 0], "the host of a virtual machine"],
    ["socket", [43, 1, 0], "SMC"],
    ["sendto", [3, 0, 0, 0x20000000], "TCP's fast open"],
    ["sendmsg", [3, 0, 0x20004000], "TCP's fast open"],
    ["sendmmsg", [3, 0, 1, 0x20000000], "TCP's fast open"],
    ["clone", [0x10000011], "a user namespace"],
    ["clone", [0x00020011], "a mount namespace"],
    ["unshare", [0x10000000], "a user namespace"],
    ["unshare", [0x80], "a time namespace"],
    ["prlimit64", [4242, 7], "limits of another process"],
    ["ptrace", [16, 4242], "attaching"],
    ["io_uring_setup", [8], "rings"],
    ["pidfd_getfd", [3, 4], "files of another process"],
  ])("refuses `%s` with %j: %s", (call, args) => {
    expect(answerTo(call, ...args)).toBe(EPERM);
  });

  test("lets libraries take `clone`, whose flags it sees, for `clone3`", () => {
    expect(answerTo("clone3", 0, 88)).toBe(ENOSYS);
  });

  test("kills what calls by the numbers of another architecture", () => {
    const other = AUDIT[architecture === "x64" ? "arm64" : "x64"];
    expect(ask(bytes, findCallNumber("socket", architecture), [2, 1, 0], other)).toBe(KILL);
    expect(ask(bytes, 0, [], 0x40000003)).toBe(KILL);
  });
});

test("the filter of x64 kills what calls by the numbers of x32", () => {
  expect(ask(encodeProgram(commandFilter("x64")), 0x40000000 | 41, [2, 2, 0], AUDIT.x64)).toBe(KILL);
});
