import type { Command } from "commander";
import type { DoctorFlags } from "./start-doctor.ts";

/** Adds the verb `doctor`. */
export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description("check what your account can see of a repository's set-up; changes nothing")
    .option("--repository <owner/name>", "default: the remote `origin` of this checkout")
    .option("--json", "print the checks as JSON")
    .action(async (flags: DoctorFlags) => (await import("./start-doctor.ts")).startDoctor(flags));
}
