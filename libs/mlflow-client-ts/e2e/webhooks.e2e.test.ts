import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMlflow, type CreateWebhook, type MlflowClient } from '../src/index.js';
import { bodyOf, startLocalServer, type LocalServer } from '../testing/local-server.js';
import { failureOf } from '../testing/rest-settings.js';
import { describeWithMlflow, startRealServer, type RealServer } from './real-server.js';

const secret = 'no-one-may-read-this';
const created = { entity: 'model_version', action: 'created' };

interface Delivery {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
}

describeWithMlflow('webhooks of a server that may call this machine', () => {
  let server: RealServer;
  let receiver: LocalServer;
  let client: MlflowClient;
  const deliveries: Delivery[] = [];
  let heard: () => void = () => undefined;

  beforeAll(async () => {
    receiver = await startLocalServer(async (request, response) => {
      const header = (name: string): string => String(request.headers[`x-mlflow-${name}`]);
      const [id, timestamp, signature] = ['delivery-id', 'timestamp', 'signature'].map(header) as [
        string,
        string,
        string,
      ];
      deliveries.push({ id, timestamp, signature, body: String(await bodyOf(request)) });
      response.end();
      heard();
    });
    const env = { MLFLOW_WEBHOOK_ALLOWED_SCHEMES: 'http,https', MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS: 'true' };
    server = await startRealServer({ env });
    client = openMlflow({ trackingUri: server.url, env: {} });
  });
  afterAll(async () => {
    await (server as RealServer | undefined)?.stop(); // absent when it could not be started
    await (receiver as LocalServer | undefined)?.stop();
  });

  const webhook = (changes: Partial<CreateWebhook> = {}): CreateWebhook => ({
    name: 'rig',
    url: `${receiver.url}/hook`,
    events: [created, { entity: 'model_version_alias', action: 'created' }],
    secret,
    ...changes,
  });

  it('keep what they are given, but for the secret', async () => {
    const made = await client.createWebhook(webhook({ description: 'd' }));
    expect(made).toMatchObject({ name: 'rig', url: `${receiver.url}/hook`, description: 'd', status: 'ACTIVE' });
    expect(made.events).toContainEqual(created);
    const changed = await client.updateWebhook(made.webhookId, {
      name: 'other',
      status: 'DISABLED',
      events: [created],
    });
    expect(changed).toMatchObject({ name: 'other', status: 'DISABLED', events: [created], description: 'd' });
    expect(await client.listWebhooks().all()).toEqual([changed]);
    expect(JSON.stringify([made, changed])).not.toContain(secret);
    await client.deleteWebhook(made.webhookId);
    await expect(client.deleteWebhook(made.webhookId)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });

  it('are called with a signature when a version is registered', async () => {
    const { webhookId } = await client.createWebhook(webhook());
    const delivered = new Promise<void>((resolve) => {
      heard = resolve;
    });
    await client.createRegisteredModel({ name: 'm' });
    await client.createModelVersion({ name: 'm', source: 's3://bucket/m' });
    await delivered;
    const { id, timestamp, signature, body } = deliveries.at(-1) ?? expect.fail('nothing was delivered');
    expect(JSON.parse(body)).toMatchObject({ ...created, data: { name: 'm', version: '1' } });
    const expected = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
    expect(signature).toBe(`v1,${expected}`);
    await client.deleteWebhook(webhookId);
  });

  it('tell what came of a test', async () => {
    const { webhookId } = await client.createWebhook(webhook());
    expect(await client.testWebhook(webhookId, created)).toMatchObject({ success: true, responseStatus: 200 });
    expect((await client.testWebhook(webhookId)).success).toBe(true);
    await client.updateWebhook(webhookId, { url: 'http://127.0.0.1:1/nobody' });
    const failed = await client.testWebhook(webhookId);
    expect(failed.success).toBe(false);
    expect(failed.errorMessage).toContain('127.0.0.1');
    await client.deleteWebhook(webhookId);
  });

  it('have no page that is empty but the last', async () => {
    const names = ['a', 'b', 'c'];
    for (const name of names) await client.createWebhook(webhook({ name }));
    const first = await client.listWebhooks().page({ maxResults: 2 });
    expect(first.items).toHaveLength(2);
    const { nextPageToken = '' } = first;
    const second = await client.listWebhooks().page({ maxResults: 2, pageToken: nextPageToken });
    expect([...first.items, ...second.items].map(({ name }) => name).sort()).toEqual(names);
    expect(second.nextPageToken).toBeUndefined();
    for (const { webhookId } of [...first.items, ...second.items]) await client.deleteWebhook(webhookId);
  });

  it('refuse what no event is, without a word of the secret', async () => {
    const events = [{ entity: 'registered_model', action: 'set' }];
    const failure = await failureOf(client.createWebhook(webhook({ events })));
    expect(failure).toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    expect(inspect(failure, { depth: 10 })).not.toContain(secret);
  });
});

describeWithMlflow('webhooks of a server as it comes', () => {
  let server: RealServer;
  let client: MlflowClient;
  beforeAll(async () => {
    server = await startRealServer();
    client = openMlflow({ trackingUri: server.url, env: {} });
  });
  afterAll(async () => {
    await (server as RealServer | undefined)?.stop(); // absent when it could not be started
  });

  it.each([
    ['http://192.0.2.1/hook', 'scheme'],
    ['https://127.0.0.1/hook', 'IP'],
    ['https://10.1.2.3/hook', 'IP'],
  ])('must not be at %s', async (url, reason) => {
    const failure = await failureOf(client.createWebhook({ name: 'rig', url, events: [created], secret }));
    expect(failure).toMatchObject({ code: 'INVALID_PARAMETER_VALUE', httpStatus: 400 });
    expect(failure.message).toContain(reason);
    expect(inspect(failure, { depth: 10 })).not.toContain(secret);
  });
});
