import { createServer } from 'node:net';
import type { ServiceDescription } from '@i-drill/targets';
import { CliError } from '../errors.js';

/** Where a service is to listen. */
export interface PublicAddress {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
}

/** Before a rollout begins: a service whose router does not run yet needs its port. */
export async function requireFreePort(service: ServiceDescription, configured: PublicAddress): Promise<void> {
  if (service.router?.alive === true) return;
  const port = service.router === undefined ? configured.port : Number(new URL(service.router.url).port);
  const cause = port === 0 ? undefined : await refusalOf({ ...configured, port });
  if (cause?.code !== 'EADDRINUSE') return; // anything else is told by the router itself
  throw new CliError(
    `Cannot deploy "${service.modelName}": port ${port} on ${configured.host} is in use; stop what listens there, or ` +
      'set another deployment.server.port',
    { code: 'CLI_PORT_IN_USE', details: { host: configured.host, port }, cause },
  );
}

function refusalOf({ host, port }: PublicAddress): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, host, () => {
      server.close(() => {
        resolve(undefined);
      });
    });
  });
}
