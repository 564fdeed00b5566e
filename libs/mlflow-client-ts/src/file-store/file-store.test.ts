import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versionStoreContract } from '@i-drill/registry/testing';
import { afterAll } from 'vitest';
import { mlflowContract } from '../testing/index.js';
import { openMlflow } from '../index.js';

const folder = mkdtempSync(join(tmpdir(), 'mlflow-client-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

mlflowContract('file store', () => openMlflow({ trackingUri: `file:${join(folder, 'contract')}` }));
versionStoreContract('file store', () => openMlflow({ trackingUri: `file:${join(folder, 'registry')}` }));
