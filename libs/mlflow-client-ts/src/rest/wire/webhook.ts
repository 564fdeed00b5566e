import type { CreateWebhook, Webhook, WebhookEvent, WebhookStatus, WebhookTest } from '../../api/webhooks.js';
import { optionalText, wireInteger, wireList, wireObject, wireText, type Wire } from './values.js';

/** A webhook from the REST API. */
export function toWebhook(wire: Wire): Webhook {
  return {
    webhookId: wireText(wire['webhook_id']),
    name: wireText(wire['name']),
    url: wireText(wire['url']),
    events: wireList(wire['events']).map(toEvent),
    description: wireText(wire['description']),
    status: wireText(wire['status']) as WebhookStatus,
    creationTimestamp: wireInteger(wire['creation_timestamp']),
    lastUpdatedTimestamp: wireInteger(wire['last_updated_timestamp']),
  };
}

/** What a webhook shall be, for the REST API. */
export function fromWebhook({ events, ...webhook }: Partial<CreateWebhook>): Wire {
  return { ...webhook, ...(events !== undefined && { events: events.map(fromWebhookEvent) }) };
}

/** An event for the REST API: it knows capitals only, and answers small letters with a failure of its own (HTTP 500). */
export function fromWebhookEvent({ entity, action }: WebhookEvent): Wire {
  return { entity: entity.toUpperCase(), action: action.toUpperCase() };
}

function toEvent(wire: Wire): WebhookEvent {
  return { entity: wireText(wire['entity']).toLowerCase(), action: wireText(wire['action']).toLowerCase() };
}

/** What came of a test, from the REST API. */
export function toWebhookTest(wire: Wire): WebhookTest {
  const result = wireObject(wire['result']);
  const responseStatus = wireInteger(result['response_status']);
  return {
    success: result['success'] === true,
    ...(responseStatus !== 0 && { responseStatus }),
    ...optionalText('errorMessage', result['error_message']),
  };
}
