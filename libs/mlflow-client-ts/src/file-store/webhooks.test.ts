import { expect, it } from 'vitest';
import { temporaryStore } from '../../testing/temporary-store.js';

const folder = temporaryStore();

it('a file store says that it has no webhooks, and what it has', async () => {
  const { store } = folder();
  const unsupported = { code: 'MLFLOW_UNSUPPORTED' };
  await expect(store.listWebhooks().page()).rejects.toMatchObject(unsupported);
  await expect(store.deleteWebhook('1')).rejects.toThrow('Cannot delete webhooks: a file store has none');
  expect(await store.capabilities()).toMatchObject({
    storeType: 'FileStore',
    hasLoggedModels: true,
    hasWebhooks: false,
  });
  expect(await store.serverVersion()).toBeUndefined();
});
