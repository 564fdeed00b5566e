import { createServer, type AddressInfo } from 'node:net';
import type { ServiceDescription } from '@i-drill/targets';
import { describe, expect, it } from 'vitest';
import { requireFreePort } from './public-port.js';

const host = '127.0.0.1';

function service(router?: ServiceDescription['router']): ServiceDescription {
  const base = { modelName: 'bit-life', arms: [], problems: [] };
  return (router === undefined ? base : { ...base, router }) as unknown as ServiceDescription;
}

/** Does the work while something listens on the port it is given. */
async function withTakenPort(work: (port: number) => Promise<void>): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  try {
    await work((server.address() as AddressInfo).port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('requireFreePort()', () => {
  it('refuses a port that something else listens on', async () => {
    await withTakenPort(async (port) => {
      await expect(requireFreePort(service(), { host, port })).rejects.toMatchObject({
        code: 'CLI_PORT_IN_USE',
        details: { host, port },
      });
    });
  });

  it('takes a port that is free, and leaves it free', async () => {
    let port = 0;
    await withTakenPort((taken) => {
      port = taken;
      return Promise.resolve();
    });
    await expect(requireFreePort(service(), { host, port })).resolves.toBeUndefined();
    await expect(requireFreePort(service(), { host, port })).resolves.toBeUndefined();
    await expect(requireFreePort(service(), { host, port: 0 })).resolves.toBeUndefined();
  });

  it('does not mind a port that its own router listens on', async () => {
    await withTakenPort(async (port) => {
      const router = { url: `http://${host}:${port}`, alive: true } as ServiceDescription['router'];
      await expect(requireFreePort(service(router), { host, port })).resolves.toBeUndefined();
    });
  });

  it('asks for the port a dead router had, not for the configured one', async () => {
    await withTakenPort(async (port) => {
      const router = { url: `http://${host}:${port}`, alive: false } as ServiceDescription['router'];
      await expect(requireFreePort(service(router), { host, port: 0 })).rejects.toMatchObject({ details: { port } });
    });
  });
});
