import { expect, it } from 'vitest';
import { invalid, notFound, unsupportedHere, type Start, type Subject } from './subject.js';

const webhook = {
  name: 'tell-the-rig',
  url: 'https://1.1.1.1/hook', // never called, and no name that a server without network cannot resolve
  events: [{ entity: 'model_version', action: 'created' }],
};

/** What every store does with webhooks. */
export function webhooksContract(start: Start): void {
  it('are kept without their secret, changed and deleted, or refused where there are none', async () => {
    const subject = await start();
    const { client } = subject;
    if ((await client.capabilities()).hasWebhooks) await keepWebhook(subject);
    else {
      await expect(client.createWebhook(webhook)).rejects.toMatchObject(unsupportedHere);
      await expect(client.listWebhooks().all()).rejects.toMatchObject(unsupportedHere);
    }
  });

  it('refuse an address that is none, and no events', async () => {
    const { client } = await start();
    await expect(client.createWebhook({ ...webhook, url: 'nowhere' })).rejects.toMatchObject(invalid);
    await expect(client.createWebhook({ ...webhook, events: [] })).rejects.toMatchObject(invalid);
  });
}

async function keepWebhook({ client, modelName }: Subject): Promise<void> {
  const name = `${webhook.name}-${modelName}`;
  const made = await client.createWebhook({ ...webhook, name, description: 'd', secret: 'never-shown' });
  expect(made).toMatchObject({ ...webhook, name, description: 'd', status: 'ACTIVE' });
  expect(JSON.stringify(made)).not.toContain('never-shown');
  expect(await client.getWebhook(made.webhookId)).toEqual(made);
  const changed = await client.updateWebhook(made.webhookId, { status: 'DISABLED', description: 'e' });
  expect(changed).toMatchObject({ name, url: webhook.url, status: 'DISABLED', description: 'e' });
  const listed = await client.listWebhooks().all();
  expect(listed.map(({ webhookId }) => webhookId)).toContain(made.webhookId);
  await client.deleteWebhook(made.webhookId);
  await expect(client.getWebhook(made.webhookId)).rejects.toMatchObject(notFound);
}
