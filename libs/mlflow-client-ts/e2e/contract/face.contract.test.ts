import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versionStoreContract } from '@i-drill/registry/testing';
import { afterAll, beforeAll } from 'vitest';
import { openMlflow, serveStore, type MlflowClient } from '../../src/index.js';
import { mlflowContract } from '../../src/testing/index.js';

const folder = mkdtempSync(join(tmpdir(), 'mlflow-contract-'));
let face: Awaited<ReturnType<typeof serveStore>>;
let client: MlflowClient;
beforeAll(async () => {
  face = await serveStore(openMlflow({ trackingUri: `file:${folder}` }));
  client = openMlflow({ trackingUri: face.url, env: {} });
});
afterAll(async () => {
  await face.close();
  rmSync(folder, { recursive: true });
});

mlflowContract('the REST face of the embedded store', () => client);
versionStoreContract('the registry behind the REST face', () => client);
