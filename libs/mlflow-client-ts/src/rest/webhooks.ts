import type { Paged } from '../api/paged.js';
import type { CreateWebhook, Webhook, WebhookMethods } from '../api/webhooks.js';
import { callApi, callForObject, type ApiCall, type RestContext } from './api.js';
import { assertSupported, webhooks } from './features.js';
import { recoverDelete } from './once.js';
import { pageSizes, restPaged } from './pages.js';
import { fromWebhook, fromWebhookEvent, toWebhook, toWebhookTest } from './wire/webhook.js';
import type { Wire } from './wire/values.js';

/** The webhooks of a server. A file store has none, and fails instead of saying so (HTTP 500): support is looked at first. */
export function restWebhooks(context: RestContext): WebhookMethods {
  return {
    createWebhook: (webhook) => createWebhook(context, webhook),
    getWebhook: (webhookId) => getWebhook(context, webhookId),
    listWebhooks: () => listWebhooks(context),
    async updateWebhook(webhookId, changes) {
      const call = { route: 'updateWebhook', action: `update webhook "${webhookId}"` } as const;
      const path = { webhook_id: webhookId };
      return toWebhook(await askForWebhook(context, { ...call, path, body: fromWebhook(changes) }));
    },
    async deleteWebhook(webhookId) {
      await assertSupported(context, webhooks);
      const recover = recoverDelete(() => getWebhook(context, webhookId));
      const call = { route: 'deleteWebhook', action: `delete webhook "${webhookId}"`, recover } as const;
      await callApi(context, { ...call, path: { webhook_id: webhookId } });
    },
    async testWebhook(webhookId, event) {
      await assertSupported(context, webhooks);
      const body = event === undefined ? {} : { event: fromWebhookEvent(event) };
      // Each call is another delivery.
      const call = { route: 'testWebhook', action: `test webhook "${webhookId}"`, isIdempotent: false } as const;
      return toWebhookTest(await callApi(context, { ...call, path: { webhook_id: webhookId }, body }));
    },
  };
}

/** Never repeated after a failure of unknown effect: webhooks have no tags and no unique names by which a first one could be found. */
async function createWebhook(context: RestContext, webhook: CreateWebhook): Promise<Webhook> {
  const call = { route: 'createWebhook', action: `create webhook "${webhook.name}"`, isIdempotent: false } as const;
  return toWebhook(await askForWebhook(context, { ...call, body: fromWebhook(webhook) }));
}

async function getWebhook(context: RestContext, webhookId: string): Promise<Webhook> {
  const call = { route: 'getWebhook', action: `get webhook "${webhookId}"` } as const;
  return toWebhook(await askForWebhook(context, { ...call, path: { webhook_id: webhookId } }));
}

function listWebhooks(context: RestContext): Paged<Webhook> {
  return restPaged({
    async ask(page) {
      await assertSupported(context, webhooks);
      return callApi(context, { route: 'listWebhooks', query: { ...page }, action: 'list webhooks' });
    },
    part: 'webhooks',
    convert: (items) => items.map(toWebhook),
    sizes: pageSizes.webhooks,
  });
}

async function askForWebhook(context: RestContext, call: ApiCall): Promise<Wire> {
  await assertSupported(context, webhooks);
  return callForObject(context, call, 'webhook');
}
