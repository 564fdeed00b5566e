import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versionStoreContract } from '@i-drill/registry/testing';
import { afterAll } from 'vitest';
import { clientContract } from '../testing/client-contract.js';
import { openMlflow } from '../index.js';

const folder = mkdtempSync(join(tmpdir(), 'mlflow-client-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

clientContract('file store', () => openMlflow({ trackingUri: `file:${join(folder, 'contract')}` }));
versionStoreContract('file store', () => openMlflow({ trackingUri: `file:${join(folder, 'registry')}` }));
