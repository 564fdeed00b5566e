import type { WebhookMethods } from '../api/webhooks.js';
import { unsupported } from '../faults.js';
import { paged } from '../paging.js';

/** A file store has no webhooks: nothing runs that could call them. */
export function fileWebhooks(): WebhookMethods {
  return {
    createWebhook: refuse('create'),
    getWebhook: refuse('get'),
    listWebhooks: () => paged(refuse('list')),
    updateWebhook: refuse('update'),
    deleteWebhook: refuse('delete'),
    testWebhook: refuse('test'),
  };
}

function refuse(action: string): () => Promise<never> {
  return () =>
    Promise.reject(
      unsupported(
        `Cannot ${action} webhooks: a file store has none, because no server runs that could call them; use an MLflow server over a database`,
      ),
    );
}
