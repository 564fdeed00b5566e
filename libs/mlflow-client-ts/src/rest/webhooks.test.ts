import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../testing/recording-server.js';
import { absent, done, newestServer, oldestServer, recordedGroups } from '../../testing/rest-groups.js';
import { failureOf } from '../../testing/rest-settings.js';

const server = recordedGroups();
const secret = 'hunter"2';
const webhook = {
  name: 'w',
  url: 'https://example.com/hook',
  events: [{ entity: 'model_version_alias', action: 'created' }],
  secret,
};
const answer: Answer = {
  body: {
    webhook: {
      webhook_id: 'id-1',
      name: 'w',
      url: 'https://example.com/hook',
      events: [{ entity: 'MODEL_VERSION_ALIAS', action: 'CREATED' }],
      status: 'ACTIVE',
      creation_timestamp: 1,
      last_updated_timestamp: 2,
    },
  },
};

describe('webhooks', () => {
  it('are written with capitals, which a server wants, and read with small letters', async () => {
    expect(await server.on(answer).createWebhook(webhook)).toEqual({
      webhookId: 'id-1',
      name: 'w',
      url: 'https://example.com/hook',
      events: [{ entity: 'model_version_alias', action: 'created' }],
      description: '',
      status: 'ACTIVE',
      creationTimestamp: 1,
      lastUpdatedTimestamp: 2,
    });
    expect(server.calls[0]?.json).toEqual({
      ...webhook,
      events: [{ entity: 'MODEL_VERSION_ALIAS', action: 'CREATED' }],
    });
  });

  it('are never made twice: what a lost answer made cannot be found', async () => {
    await expect(server.on('drop', answer).createWebhook(webhook)).rejects.toMatchObject({
      code: 'MLFLOW_UNREACHABLE',
    });
    expect(server.calls).toHaveLength(1);
    await expect(server.on('drop', done).testWebhook('id-1')).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    expect(server.calls).toHaveLength(1);
  });

  it('keep their secret out of errors, whatever the server quotes', async () => {
    const quoting: Answer = {
      status: 400,
      body: { error_code: 'INVALID_PARAMETER_VALUE', message: `Invalid value ${JSON.stringify(secret)} for secret` },
    };
    for (const refused of [quoting, { status: 500, body: `<p>${JSON.stringify(webhook)}</p>` }]) {
      const made = await failureOf(server.on(refused).createWebhook(webhook));
      const changed = await failureOf(server.on(refused).updateWebhook('id-1', { secret }));
      for (const failure of [made, changed]) {
        expect(inspect(failure, { depth: 10 })).not.toContain('hunter');
        expect(JSON.stringify(failure)).not.toContain('hunter');
      }
    }
  });

  it('change only what is given', async () => {
    await server.on(answer).updateWebhook('id-1', { status: 'DISABLED' });
    expect(server.calls[0]).toMatchObject({
      method: 'PATCH',
      path: '/api/2.0/mlflow/webhooks/id-1',
      json: { status: 'DISABLED' },
    });
  });

  it('are deleted when they are gone though the answer was lost', async () => {
    await server.on('drop', absent).deleteWebhook('id-1');
    expect(server.calls).toHaveLength(2);
  });

  it('are listed page by page', async () => {
    const page = (token?: string): Answer => ({
      body: { webhooks: [{}], ...(token !== undefined && { next_page_token: token }) },
    });
    expect(await server.on(page('t'), page()).listWebhooks().all()).toHaveLength(2);
    expect(server.calls.map(({ query }) => query)).toEqual([
      { max_results: '1000' },
      { max_results: '1000', page_token: 't' },
    ]);
  });

  it('tell what came of a test', async () => {
    const passed: Answer = { body: { result: { success: true, response_status: 204 } } };
    const event = { entity: 'model_version', action: 'created' };
    expect(await server.on(passed).testWebhook('id-1', event)).toEqual({ success: true, responseStatus: 204 });
    expect(server.calls[0]?.json).toEqual({ event: { entity: 'MODEL_VERSION', action: 'CREATED' } });
    const failed: Answer = { body: { result: { success: false, error_message: 'no connection' } } };
    expect(await server.on(failed).testWebhook('id-1')).toEqual({ success: false, errorMessage: 'no connection' });
  });

  it.each([
    ['an older server', oldestServer],
    ['a server over a file store', { ...newestServer, storeType: 'FileStore', hasWebhooks: false } as const],
  ])('are MLFLOW_UNSUPPORTED on %s, which is not even asked', async (_, capabilities) => {
    const client = server.onServer(capabilities, { status: 500, body: '<h1>Internal Server Error</h1>' });
    const unsupported = { code: 'MLFLOW_UNSUPPORTED' };
    await expect(client.createWebhook(webhook)).rejects.toMatchObject(unsupported);
    await expect(client.listWebhooks().all()).rejects.toMatchObject(unsupported);
    await expect(client.deleteWebhook('id-1')).rejects.toMatchObject(unsupported);
    await expect(client.testWebhook('id-1')).rejects.toMatchObject(unsupported);
    expect(server.calls).toHaveLength(0);
  });
});
