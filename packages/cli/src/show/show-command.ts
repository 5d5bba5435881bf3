import type { Command } from "commander";

/** Adds the verb `show`. */
export function addShow(program: Command): void {
  program
    .command("show")
    .description("print a workflow to copy; without a name, the list of them")
    .argument("[name]", "name of the workflow, such as monorepo")
    .action(async (name: string | undefined) => {
      const { listTemplates, showTemplate } = await import("./show.ts");
      const { readTemplates } = await import("../templates/read-templates.ts");
      process.stdout.write(name === undefined ? listTemplates() : showTemplate(name, readTemplates()));
    });
}
