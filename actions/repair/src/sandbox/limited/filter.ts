import { type Architecture, findCallNumber, type SystemCall } from "./system-calls.ts";

/** An instruction of a seccomp program. Source: linux/filter.h. */
export type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, value: number];

/** What is done about a system call: instructions that end with a return. */
export type CallVerdict = readonly Instruction[];

const LOAD = 0x20;
const AND = 0x54;
const RETURN = 0x06;
const IF_EQUAL = 0x15;
const IF_ANY_SET = 0x45;

/** Places in what the kernel shows of a call. Source: linux/seccomp.h. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const ARGUMENTS = 16;

const ARCHITECTURES = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;
/** The bit that marks calls of x32, which have their own numbers. */
const X32 = 0x40000000;

const returnValue = (value: number): Instruction => [RETURN, 0, 0, value];
const KILLED = returnValue(0x80000000);
export const ALLOWED = returnValue(0x7fff0000);
const failsWith = (errno: number): Instruction => returnValue(0x00050000 | errno);
export const REFUSED = failsWith(1);
/** As on a kernel that does not know the call: libraries take an older one. */
export const UNKNOWN = failsWith(38);

/** Looks at an argument: its lower half, which is all that the kernel takes of those that are looked at here. */
export const loadArgument = (index: number): Instruction => [LOAD, 0, 0, ARGUMENTS + 8 * index];
export const maskWith = (mask: number): Instruction => [AND, 0, 0, mask];
export const allowIf = (value: number): CallVerdict => [[IF_EQUAL, 0, 1, value], ALLOWED];
export const refuseIfAny = (bits: number): CallVerdict => [[IF_ANY_SET, 0, 1, bits], REFUSED];
export const refuseUnless = (...values: readonly number[]): CallVerdict => [
  ...values.map((value, at): Instruction => [IF_EQUAL, values.length - at, 0, value]),
  REFUSED,
];

/** A program that allows every call but those it has a verdict on, and kills what calls by another table of numbers. */
export function makeFilter(
  architecture: Architecture,
  verdicts: Readonly<Partial<Record<SystemCall, CallVerdict>>>,
): Instruction[] {
  const calls = Object.entries(verdicts) as [SystemCall, CallVerdict][];
  return [
    [LOAD, 0, 0, ARCHITECTURE],
    [IF_EQUAL, 1, 0, ARCHITECTURES[architecture]],
    KILLED,
    [LOAD, 0, 0, NUMBER],
    ...(architecture === "x64" ? ([[IF_ANY_SET, 0, 1, X32], KILLED] as const) : []),
    ...calls.flatMap(([call, verdict]): Instruction[] => [
      [IF_EQUAL, 0, verdict.length, findCallNumber(call, architecture)],
      ...verdict,
    ]),
    ALLOWED,
  ];
}

/** Bytes as the kernel reads them, on both processors. */
export function encodeProgram(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(([code, ifTrue, ifFalse, value], at) => {
    bytes.writeUInt16LE(code, at * 8);
    bytes.writeUInt8(ifTrue, at * 8 + 2);
    bytes.writeUInt8(ifFalse, at * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, at * 8 + 4);
  });
  return bytes;
}
