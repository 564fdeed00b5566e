import type { Paged } from './paged.js';

/** What a webhook is told of: `model_version.created`, `model_version_alias.deleted`, … */
export interface WebhookEvent {
  /** `registered_model`, `model_version`, `model_version_tag`, `model_version_alias`, `prompt`, … */
  readonly entity: string;
  /** `created`, `set`, `deleted`, … */
  readonly action: string;
}

/** `DISABLED` ones are kept and not called. */
export type WebhookStatus = 'ACTIVE' | 'DISABLED';

/** An address that the server calls when the registry changes. */
export interface Webhook {
  readonly webhookId: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly description: string;
  readonly status: WebhookStatus;
  /** Milliseconds since 1970. */
  readonly creationTimestamp: number;
  /** Milliseconds since 1970. */
  readonly lastUpdatedTimestamp: number;
}

/** A webhook to be made. */
export interface CreateWebhook {
  readonly name: string;
  /** https with a public address, unless the server allows others. */
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly description?: string;
  /** Signs the calls; the server never tells it. */
  readonly secret?: string;
  /** @default 'ACTIVE' */
  readonly status?: WebhookStatus;
}

/** What a test call to a webhook gave. */
export interface WebhookTest {
  readonly success: boolean;
  /** HTTP status of its answer, when there was one. */
  readonly responseStatus?: number;
  readonly errorMessage?: string;
}

/** Webhooks of a server over a database; others, and servers before 3.3, have none: MLFLOW_UNSUPPORTED. */
export interface WebhookMethods {
  createWebhook(webhook: CreateWebhook): Promise<Webhook>;
  getWebhook(webhookId: string): Promise<Webhook>;
  listWebhooks(): Paged<Webhook>;
  updateWebhook(webhookId: string, changes: Partial<CreateWebhook>): Promise<Webhook>;
  deleteWebhook(webhookId: string): Promise<void>;
  /** Has the server call the webhook now, with an example of the event. @default its first event */
  testWebhook(webhookId: string, event?: WebhookEvent): Promise<WebhookTest>;
}
