import { versionStoreContract } from '@i-drill/registry/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMlflow, type MlflowClient } from '../../src/index.js';
import { mlflowContract } from '../../src/testing/index.js';
import { describeWithMlflow, startRealServer, type RealServer } from '../real-server.js';

/** The contract against a real MLflow server over a fresh SQLite store: the newest release, or the oldest supported one. */
export function realServerContract(major: 2 | 3): void {
  const name = `a real MLflow ${major} server over SQLite`;
  describeWithMlflow(
    name,
    () => {
      let server: RealServer;
      let client: MlflowClient;
      beforeAll(async () => {
        server = await startRealServer({ major });
        client = openMlflow({ trackingUri: server.url, env: {} });
      });
      afterAll(async () => {
        await (server as RealServer | undefined)?.stop(); // absent when it could not be started
      });

      mlflowContract('contract', () => client);
      // Evidence of i-drill stands in tags of versions of up to 100 000 characters; MLflow 2.9 refuses more than 5000.
      if (major === 3) versionStoreContract('registry', () => client);

      it('tells its version', async () => {
        expect(await client.serverVersion()).toMatch(major === 3 ? /^3\.\d+\.\d+/ : /^2\.9\.\d+/);
      });
    },
    major,
  );
}
