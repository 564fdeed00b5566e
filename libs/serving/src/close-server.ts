import type { Server } from 'node:http';

const lookEveryMs = 10;

/**
 * Stops a server: no new connection, requests in flight end, connections close as soon as they are idle, and after
 * `drainMs` whatever is still open is cut. `Server.close` alone would wait for callers that keep their connection alive.
 */
export async function closeServer(
  server: Server,
  drainMs: number,
  close: (whenClosed: () => void) => void = (whenClosed) => server.close(whenClosed),
): Promise<void> {
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, lookEveryMs);
  const overdue = setTimeout(() => {
    server.closeAllConnections();
  }, drainMs);
  await new Promise<void>((resolve) => {
    close(resolve);
  });
  clearInterval(idle);
  clearTimeout(overdue);
}
