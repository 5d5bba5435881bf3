/** A pseudo-random number from 0 to 1, the same row for the same seed (mulberry32). */
export type Dice = () => number;

export function makeDice(seed: number): Dice {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What one visitor sends to `POST /checkout`. */
export type Checkout = {
  readonly visitor: string;
  readonly items: readonly { readonly price: number; readonly count: number }[];
  readonly coupon?: string;
};

/** Coupons that visitors type: some are not known, and some are known but typed in small letters. */
const UNKNOWN = "WINTER";
const SMALL = "spring";
const KNOWN = "SPRING";
/** The chance that five minutes bring a visitor with a coupon that the shop does not find. */
const CHANCE_OF_ODD_COUPON = 0.42;
const VISITORS = 400;

/** Who comes in five minutes: two to four visitors, now and then one with a coupon that the shop does not find. */
export function makeVisits(dice: Dice): Checkout[] {
  const visits = Array.from({ length: 2 + Math.floor(dice() * 3) }, () =>
    visit(dice, dice() < 0.3 ? KNOWN : undefined),
  );
  if (dice() < CHANCE_OF_ODD_COUPON) visits[0] = visit(dice, dice() < 0.5 ? UNKNOWN : SMALL);
  return visits;
}

/** The same visitors with three to six articles in their carts. */
export function withFullCarts(visits: readonly Checkout[], dice: Dice): Checkout[] {
  return visits.map((visit) => ({
    ...visit,
    items: Array.from({ length: 3 + Math.floor(dice() * 4) }, () => article(dice)),
  }));
}

function visit(dice: Dice, coupon: string | undefined): Checkout {
  const visitor = `visitor-${Math.floor(dice() * VISITORS)}`;
  return { visitor, items: [article(dice)], ...(coupon === undefined ? {} : { coupon }) };
}

function article(dice: Dice): Checkout["items"][number] {
  return { price: 500 + Math.floor(dice() * 4_000), count: 1 + Math.floor(dice() * 3) };
}

/** Sends checkouts over HTTP, one after the other; answers how many the shop could not serve. */
export async function checkOutAll(url: string, visits: readonly Checkout[]): Promise<number> {
  let failed = 0;
  for (const visit of visits) {
    const reply = await fetch(`${url}/checkout`, { method: "POST", body: JSON.stringify(visit) });
    await reply.arrayBuffer();
    if (reply.status >= 500) failed += 1;
  }
  return failed;
}
