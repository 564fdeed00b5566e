import type { CreateWebhook, WebhookMethods } from '../api/webhooks.js';
import { invalidValue } from '../faults.js';
import { checkedPages } from './page-request.js';

/** Webhooks of a store, with checked arguments. */
export function checkedWebhooks(store: WebhookMethods): WebhookMethods {
  return {
    async createWebhook(webhook) {
      assertWebhook(webhook);
      return store.createWebhook(webhook);
    },
    async getWebhook(webhookId) {
      assertWebhookId(webhookId);
      return store.getWebhook(webhookId);
    },
    listWebhooks: () => checkedPages(nothing, () => store.listWebhooks()),
    async updateWebhook(webhookId, changes) {
      assertWebhookId(webhookId);
      assertWebhook(changes);
      return store.updateWebhook(webhookId, changes);
    },
    async deleteWebhook(webhookId) {
      assertWebhookId(webhookId);
      return store.deleteWebhook(webhookId);
    },
    async testWebhook(webhookId, event) {
      assertWebhookId(webhookId);
      return store.testWebhook(webhookId, event);
    },
  };
}

function nothing(): void {
  // there is nothing to check
}

function assertWebhookId(id: string): void {
  if (!/^[\w-]{1,256}$/.test(id)) throw invalidValue(`Cannot use ${JSON.stringify(id)} as id of a webhook`, { id });
}

function assertWebhook({ name, url, events }: Partial<CreateWebhook>): void {
  if (name?.trim() === '') throw invalidValue('Cannot use an empty text as name of a webhook: name it');
  if (url !== undefined && !URL.canParse(url)) {
    throw invalidValue('Cannot use the address of the webhook: it is not a URL; write https://host/path');
  }
  if (events?.length === 0) {
    throw invalidValue('Cannot use a webhook without events: name at least one, e.g. model_version created');
  }
}
