import { ServingError } from './errors.js';

/** Where a server is to listen. */
export interface ListenAddress {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
}

/** Says why a port could not be bound. */
export function listenError(cause: unknown, { host, port }: ListenAddress): ServingError {
  const { code } = cause as NodeJS.ErrnoException;
  const details = { host, port, cause: code };
  if (code === 'EADDRINUSE') {
    const message = `Cannot listen on ${host}:${port}: the port is in use; stop the program that holds it, or choose another port (0 takes any free one)`;
    return new ServingError(message, { code: 'SERVING_PORT_IN_USE', details, cause });
  }
  const message = `Cannot listen on ${host}:${port}: ${cause instanceof Error ? cause.message : String(cause)}; choose another address`;
  return new ServingError(message, { code: 'SERVING_LISTEN_FAILED', details, cause });
}
