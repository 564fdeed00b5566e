import type { ClientRequest } from 'node:http';
import type { TransportRequest } from './transport.js';

/** Sends the body no faster than it is taken, and ends the request; stops when the answer comes first, or the connection breaks. */
export async function sendBody(outgoing: ClientRequest, body: TransportRequest['body']): Promise<void> {
  if (body === undefined || body instanceof Uint8Array) {
    outgoing.end(body);
    return;
  }
  const stop = new Promise<'stop'>((resolve) => {
    const give = (): void => {
      resolve('stop');
    };
    outgoing.once('response', give).once('close', give);
  });
  for await (const chunk of body) {
    if (outgoing.destroyed) return;
    if (outgoing.write(chunk)) continue;
    if ((await Promise.race([drained(outgoing), stop])) === 'stop') return;
  }
  outgoing.end();
}

function drained(outgoing: ClientRequest): Promise<'drained'> {
  return new Promise((resolve) => {
    outgoing.once('drain', () => {
      resolve('drained');
    });
  });
}
