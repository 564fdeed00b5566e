import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versionStoreContract } from '@i-drill/registry/testing';
import { afterAll } from 'vitest';
import { openMlflow } from '../../src/index.js';
import { mlflowContract } from '../../src/testing/index.js';

const folder = mkdtempSync(join(tmpdir(), 'mlflow-contract-'));
const client = openMlflow({ trackingUri: `file:${folder}` });
afterAll(() => {
  rmSync(folder, { recursive: true });
});

mlflowContract('the embedded store', () => client);
versionStoreContract('the registry in the embedded store', () => client);
