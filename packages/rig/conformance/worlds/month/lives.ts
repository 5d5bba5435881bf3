import { DAY } from "@patchpilot/time";
import { seeded } from "../race/random.ts";
import type { TestWorld } from "../world.ts";
import type { Agenda } from "./agenda.ts";

/** How much happens in a month that has nothing to do with incidents. */
export type Bustle = {
  /** Production deployments a day. */
  readonly deployments: number;
  /** Issues and comments of people in the whole time, as many of one as of the other. */
  readonly talk: number;
};

/** Puts down what a team does while nothing fails, spread over the time by a seed. */
export function putDownBustle(
  { world, clock }: TestWorld,
  agenda: Agenda,
  { deployments, talk }: Bustle,
  lasts: number,
  seed: number,
): void {
  const random = seeded(seed);
  const begin = clock.now();
  const anywhere = () => begin + Math.floor(random() * lasts);
  const vercel = world.as("vercel[bot]");
  for (let day = begin; day < begin + lasts; day += DAY)
    for (let nth = 0; nth < deployments; nth += 1)
      agenda.at(day + Math.floor(random() * DAY), () => {
        const { id } = vercel.createDeployment({ ref: "main", environment: "Production" });
        vercel.setDeploymentStatus({ deploymentId: id, state: "success" });
        world.as("vercel[bot]").dispatch("vercel.deployment.promoted");
      });
  const maya = world.as("maya");
  const { number } = maya.openIssue({ title: "Dark mode", body: "When?" });
  for (let nth = 0; nth < talk; nth += 1)
    agenda.at(anywhere(), () =>
      nth % 2 === 0
        ? maya.openIssue({ title: `Idea ${nth}`, body: "Could the cart be blue?" })
        : maya.comment(number, `Any news? ${nth}`),
    );
}
