import { createRouter } from '@i-drill/serving';
import type { ProgramIo } from './program-io.js';

/** Flags of `route`. */
export interface RouteOptions {
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
}

/** Routes traffic to model servers until it is asked to stop. The arms come through the admin API. */
export async function route({ host, port, adminPort }: RouteOptions, io: ProgramIo): Promise<void> {
  const { clock, logger } = io;
  const router = createRouter({ clock, logger });
  const urls = await router.listen({ host, port, adminPort });
  const stop = io.stopRequested(); // before the announcement: who reads it may ask at once
  io.print({ event: 'listening', ...urls, pid: process.pid });
  logger.info('Stopping', { reason: await stop });
  await router.close();
  logger.info('Stopped');
}
