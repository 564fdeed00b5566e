import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serveStore, type MlflowClient } from '../index.js';
import { startServedStore } from '../../testing/served-store.js';

interface Gate {
  readonly reached: Promise<void>;
  readonly open: () => void;
}

/** The store, whose writes of tags wait in the middle until the gate is opened. */
function slowStore(store: MlflowClient): { slow: MlflowClient; gate: Gate } {
  let reach: () => void = () => undefined;
  let open: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const opened = new Promise<void>((resolve) => (open = resolve));
  const slow: MlflowClient = {
    ...store,
    async setTag(...args) {
      reach();
      await opened;
      await store.setTag(...args);
    },
  };
  return { slow, gate: { reached, open } };
}

describe('closing a face', () => {
  it('waits for what is being written, and answers it', async () => {
    const served = await startServedStore();
    const { runId } = await served.store.createRun({ experimentId: await served.store.ensureExperiment('e') });
    const { slow, gate } = slowStore(served.store);
    const face = await serveStore(slow);
    const answer = fetch(`${face.url}/api/2.0/mlflow/runs/set-tag`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ run_id: runId, key: 'k', value: 'v' }),
    });
    await gate.reached;
    let isClosed = false;
    const closed = face.close().then(() => {
      isClosed = true;
    });
    await served.send({ path: '/health' }); // a turn of the network later
    expect(isClosed).toBe(false);
    gate.open();
    expect((await answer).status).toBe(200);
    await closed;
    expect((await served.store.getRun(runId)).tags).toMatchObject({ k: 'v' });
    await served.stop();
  });

  it('ends an upload that is on its way, of which nothing remains', async () => {
    const served = await startServedStore();
    const experimentId = await served.store.ensureExperiment('e');
    const { runId } = await served.store.createRun({ experimentId });
    const { hostname, port } = new URL(served.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined).resume();
    await once(socket, 'connect');
    const path = `/api/2.0/mlflow-artifacts/artifacts/${experimentId}/${runId}/artifacts/a`;
    socket.write(`PUT ${path} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(1000)}`);
    await served.send({ path: '/health' });
    const ended = once(socket, 'close');
    await Promise.all([served.closeFace(), ended]);
    expect(await readdir(join(served.folder, 'mlruns', experimentId, runId, 'artifacts'))).toEqual([]);
    await served.stop();
  });

  it('ends a download that nobody takes', async () => {
    const served = await startServedStore();
    const experimentId = await served.store.ensureExperiment('e');
    const { runId } = await served.store.createRun({ experimentId });
    await served.store.uploadArtifact(runId, 'large', Buffer.alloc(30_000_000));
    const { hostname, port } = new URL(served.url);
    const sent = httpRequest({ hostname, port, path: `/get-artifact?run_id=${runId}&path=large` });
    sent.on('error', () => undefined);
    sent.end();
    await once(sent, 'response');
    await served.closeFace();
    sent.destroy();
    await served.stop();
  });

  it('ends connections that are kept open, and can be asked for twice', async () => {
    const served = await startServedStore();
    const agent = new Agent({ keepAlive: true });
    const { hostname, port } = new URL(served.url);
    const sent = httpRequest({ hostname, port, path: '/health', agent });
    sent.end();
    const [response] = (await once(sent, 'response')) as [{ resume(): unknown }];
    response.resume();
    await Promise.all([served.closeFace(), served.closeFace()]);
    await expect(fetch(`${served.url}/health`)).rejects.toThrow('fetch failed');
    agent.destroy();
    await served.stop();
  });
});

describe('opening a face', () => {
  it('refuses an address that is taken', async () => {
    const served = await startServedStore();
    const port = Number(new URL(served.url).port);
    await expect(serveStore(served.store, { port })).rejects.toMatchObject({ code: 'MLFLOW_UNREACHABLE' });
    await served.stop();
  });

  it.each([{ pathPrefix: 'mlflow' }, { pathPrefix: '/a/' }, { auth: { token: '' } }])('refuses %j', async (options) => {
    await expect(startServedStore(options)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });

  it('answers below a prefix only, when one is given', async () => {
    const served = await startServedStore({ pathPrefix: '/ml/flow' });
    expect(served.url.endsWith('/ml/flow')).toBe(true);
    expect((await fetch(`${served.url}/health`)).status).toBe(200);
    expect((await served.send({ path: '/health' })).status).toBe(404);
    expect((await served.send({ path: '/ml/flowers/health' })).status).toBe(404);
    await served.stop();
  });
});
