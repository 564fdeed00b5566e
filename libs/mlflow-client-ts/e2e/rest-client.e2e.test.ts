import { versionStoreContract } from '@i-drill/registry/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMlflow, type MlflowClient } from '../src/index.js';
import { clientContract } from '../src/testing/client-contract.js';
import { describeWithMlflow, startRealServer, type RealServer } from './real-server.js';

describeWithMlflow('REST client and a real server over SQLite', () => {
  let server: RealServer;
  let client: MlflowClient;
  beforeAll(async () => {
    server = await startRealServer();
    client = openMlflow({ trackingUri: server.url, env: {} });
  });
  afterAll(async () => {
    await (server as RealServer | undefined)?.stop(); // absent when it could not be started
  });

  clientContract('contract', () => client);
  versionStoreContract('registry', () => client);

  it('tells the version of the server', async () => {
    expect(await client.serverVersion()).toMatch(/^\d+\.\d+\.\d+/);
  });
});
