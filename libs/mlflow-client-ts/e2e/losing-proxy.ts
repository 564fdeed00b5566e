import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before a server and loses answers: the server has acted, the client hears nothing. */
export interface LosingProxy {
  readonly url: string;
  /** The next call whose path ends so is carried out, and its answer lost. */
  loseNext(pathEnd: string): void;
  /** Whether that has happened. */
  hasLost(): boolean;
  stop(): Promise<void>;
}

export async function startLosingProxy(target: string): Promise<LosingProxy> {
  let pathEnd: string | undefined;
  const proxy = createServer((incoming, outgoing) => {
    const path = new URL(incoming.url ?? '/', target).pathname;
    const loses = pathEnd !== undefined && path.endsWith(pathEnd);
    if (loses) pathEnd = undefined;
    forward(incoming, outgoing, { target, loses });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    loseNext(next) {
      pathEnd = next;
    },
    hasLost: () => pathEnd === undefined,
    async stop() {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

interface Forwarding {
  readonly target: string;
  readonly loses: boolean;
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, { target, loses }: Forwarding): void {
  const { method, headers } = incoming;
  const call = request(new URL(incoming.url ?? '/', target), { method, headers }, (answer) => {
    if (loses) answer.resume().on('end', () => outgoing.destroy());
    else answer.pipe(outgoing.writeHead(answer.statusCode ?? 500, answer.headers));
  });
  call.on('error', () => outgoing.destroy());
  incoming.pipe(call);
}
