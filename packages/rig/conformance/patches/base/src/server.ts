import "./instrument.ts";
import { createServer } from "node:http";
import { total } from "./cart.ts";

const server = createServer((request, response) => {
  const items = JSON.parse(String(request.headers["x-items"]));
  response.end(String(total(items)));
});

server.listen(Number(process.env.PORT ?? 3000));
