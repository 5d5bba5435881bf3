import { request, type Send } from "./client";

export async function readOrder(send: Send, id: string): Promise<{ id: string; total: number }> {
  return (await request(send, "GET", `/orders/${id}`)) as { id: string; total: number };
}

export async function cancelOrder(send: Send, id: string): Promise<void> {
  await request(send, "DELETE", `/orders/${id}`);
}
