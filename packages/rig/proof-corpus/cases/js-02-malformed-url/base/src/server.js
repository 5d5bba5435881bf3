import { match } from "./route.js";

export function createApp() {
  const routes = [];
  return {
    get(pattern, handler) {
      routes.push({ pattern, handler });
    },
    handle(path) {
      for (const { pattern, handler } of routes) {
        const params = match(pattern, path);
        if (params) return { status: 200, body: handler(params) };
      }
      return { status: 404, body: "not found" };
    },
  };
}
