import { versionStoreContract } from '@i-drill/registry/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startMlflowServer, type MlflowServer } from '../../../tools/mlflow-server/mlflow-server.js';
import { openMlflow, type MlflowClient } from '../src/index.js';
import { clientContract } from '../testing/client-contract.js';
import { describeWithMlflow } from './real-server.js';

describeWithMlflow('REST client and a real server over SQLite', () => {
  let server: MlflowServer;
  let client: MlflowClient;
  beforeAll(async () => {
    server = await startMlflowServer();
    client = openMlflow({ trackingUri: server.url, env: {} });
  });
  afterAll(async () => {
    await server.stop();
  });

  clientContract('contract', () => client);
  versionStoreContract('registry', () => client);

  it('tells the version of the server', async () => {
    expect(await client.serverVersion()).toMatch(/^3\.\d+\.\d+/);
  });
});
