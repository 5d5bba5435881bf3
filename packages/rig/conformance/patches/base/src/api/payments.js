const ENDPOINT = process.env.PAYMENTS_URL;

export async function charge(amount, card) {
  const reply = await fetch(`${ENDPOINT}/charges`, {
    method: "POST",
    headers: { authorization: `Bearer ${process.env.PAYMENTS_KEY}` },
    body: JSON.stringify({ amount, card }),
  });
  const body = await reply.json();
  return body.receipt.id;
}

export function listCharges(page) {
  return fetch(`${ENDPOINT}/charges?page=${page}`).then((reply) => reply.json());
}
