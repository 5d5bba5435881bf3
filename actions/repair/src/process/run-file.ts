import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Runs a program to its end. @throws what `execFile` says of one that fails */
export const runFile = promisify(execFile);
