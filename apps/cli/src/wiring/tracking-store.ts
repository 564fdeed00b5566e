import type { Logger } from '@i-drill/core';
import { openMlflow, spooledClient, type MlflowClient } from 'mlflow-client-ts';

/** Where runs and models are kept, and where what is logged waits while that cannot be reached. */
export interface TrackingPlace {
  readonly trackingUri: string;
  readonly spoolFolder: string;
}

/** Opens the tracking store. What is logged to a server goes through the spool: training goes on while the server is down. */
export function openTrackingStore({ trackingUri, spoolFolder }: TrackingPlace, logger: Logger): MlflowClient {
  const store = openMlflow({ trackingUri, env: process.env });
  if (!/^https?:/i.test(trackingUri)) return store;
  const spooled = spooledClient(store, {
    folder: spoolFolder,
    onRejected: ({ reason }) => {
      logger.warn(`${store.trackingUri} refuses something that was logged: ${reason}`);
    },
  });
  return {
    ...spooled,
    async createRun(run) {
      const made = await spooled.createRun(run);
      if (made.runId.startsWith('offline-')) {
        logger.warn(
          `${store.trackingUri} cannot be reached: run ${made.runId} goes on, kept in ${spoolFolder}; \`i-drill mlflow sync\` sends it`,
        );
      }
      return made;
    },
  };
}
