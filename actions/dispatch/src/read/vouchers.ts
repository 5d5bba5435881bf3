import type { Account, Command, Incident, SpokenCommand } from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import type { DispatchFacts } from "../facts.ts";
import type { DispatchPorts } from "../ports.ts";

/** Most commands in comments of an incident whose authors are asked about, newest first: strangers cannot make more work. */
const MOST_HEARD = 5;

/** Commands in comments that are newer than the newest attempt: an older one was meant for what came before. */
export function listUnheard({ spoken = [], records }: Incident): readonly SpokenCommand[] {
  if (spoken.length === 0) return spoken;
  const sent = Math.max(
    0,
    ...[...records.attempts.values()].map(({ data }) => Date.parse(data.dispatchedAt)),
  );
  return spoken.filter(({ at }) => Date.parse(at) >= sent).slice(-MOST_HEARD);
}

const MAY_COMMAND = new Set(["admin", "maintain", "write"]);

/** Who set a command label or gave a command in a comment, and whether that person may. Our own relabelling and other bots command nothing. */
export async function readVouchers(
  ports: DispatchPorts,
  incidents: readonly Incident[],
): Promise<(incident: Incident) => Pick<DispatchFacts, "vouchedBy" | "heard">> {
  const commands = (incident: Incident) => incident.commands.filter(({ command }) => command !== "hold");
  const logins = new Set(
    incidents
      .filter((incident) => incident.phase !== undefined)
      .flatMap((incident) =>
        [
          ...commands(incident).map(({ actor }) => actor),
          ...listUnheard(incident).map(({ author }) => author),
        ].flatMap((account) => (account?.type === "User" ? account.login : [])),
      ),
  );
  const permissions = new Map<string, string>();
  for (const login of logins) permissions.set(login, await ports.readPermission(login));
  const mayCommand = (account: Account | null): boolean =>
    account?.type === "User" && MAY_COMMAND.has(permissions.get(account.login) ?? "none");
  const allowed = (incident: Incident, command: Command): boolean | undefined => {
    const event = commands(incident).find((each) => each.command === command);
    if (event === undefined) return undefined;
    return mayCommand(event.actor);
  };
  return (incident) => {
    const vouchedBy = omitUndefined({
      "take-on": allowed(incident, "take-on"),
      retry: allowed(incident, "retry"),
      "go-ahead": allowed(incident, "go-ahead"),
    });
    const heard = listUnheard(incident).map((each) => ({ ...each, mayWrite: mayCommand(each.author) }));
    return { vouchedBy, ...(heard.length > 0 ? { heard } : {}) };
  };
}
