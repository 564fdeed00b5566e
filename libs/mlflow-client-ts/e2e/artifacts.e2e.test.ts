import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openMlflow, type ArtifactRepository, type MlflowClient, type Transport } from '../src/index.js';
import { nodeTransport } from '../src/rest/transport/node-transport.js';
import { describeWithMlflow, startRealServer, type RealServer } from './real-server.js';

const content = Buffer.from(Array.from({ length: 5_000_000 }, (_, i) => (i * 31) % 256));
const sha256 = createHash('sha256').update(content).digest('hex');

describeWithMlflow('artifacts of a real server, newest release', () => {
  const { client, runArtifacts, inFolder } = useServer(3);

  it('are continued where an interrupted download ended', async () => {
    const { url, runId } = await runArtifacts();
    await openMlflow({ trackingUri: url, env: {} }).uploadArtifact(runId, 'large.bin', content);
    const target = join(inFolder(), 'large.bin');
    await expect(breaking(url, 1_000_000).artifacts({ runId }).downloadFile('large.bin', target)).rejects.toMatchObject(
      {
        code: 'MLFLOW_UNREACHABLE',
      },
    );
    const left = (await stat(`${target}.part`)).size;
    expect(left).toBeGreaterThan(0);
    const fetched = await client().artifacts({ runId }).downloadFile('large.bin', target);
    expect(fetched).toEqual({ sizeBytes: content.length, sha256, resumedBytes: left });
    expect((await readFile(target)).equals(content)).toBe(true);
  });

  it('are fetched anew when the file has changed after an interrupted download', async () => {
    const { url, runId, repository } = await runArtifacts();
    await repository.upload('large.bin', Buffer.alloc(content.length));
    const target = join(inFolder(), 'large.bin');
    await expect(breaking(url, 1_000_000).artifacts({ runId }).downloadFile('large.bin', target)).rejects.toThrow();
    await repository.upload('large.bin', content);
    expect(await repository.downloadFile('large.bin', target)).toMatchObject({ sha256, resumedBytes: 0 });
  });

  it('of a logged model are listed, fetched and deleted as those of a run', async () => {
    const experimentId = await client().ensureExperiment('models');
    const { modelId } = await client().createLoggedModel({ experimentId, name: 'm' });
    const repository = client().artifacts({ modelId });
    await repository.upload('data/a.bin', content);
    expect(await repository.list('data')).toEqual([
      { path: 'data/a.bin', isDirectory: false, sizeBytes: content.length },
    ]);
    expect(Buffer.from(await repository.download('data/a.bin')).equals(content)).toBe(true);
    await repository.delete('data');
    expect(await repository.list()).toEqual([]);
  });

  it('go up at once where the server says that its store takes no parts', async () => {
    expect(await client().capabilities()).toMatchObject({ storeType: 'SqlStore', hasMultipartUploads: false });
    await uploadsWithParts(await runArtifacts(), inFolder());
  });
});

describeWithMlflow(
  'artifacts of a real server, oldest release',
  () => {
    const { client, runArtifacts, inFolder } = useServer(2);

    it('go up at once after the server refused parts with HTTP 501', async () => {
      expect(await client().capabilities()).toMatchObject({ storeType: 'unknown', hasLoggedModels: false });
      expect((await client().capabilities()).hasMultipartUploads).toBeUndefined();
      await uploadsWithParts(await runArtifacts(), inFolder());
    });

    it('are fetched anew after an interrupted download, for it honours no Range', async () => {
      const { url, runId, repository } = await runArtifacts();
      await repository.upload('large.bin', content);
      const target = join(inFolder(), 'large.bin');
      await expect(breaking(url, 1_000_000).artifacts({ runId }).downloadFile('large.bin', target)).rejects.toThrow();
      expect(await repository.downloadFile('large.bin', target, { sha256 })).toMatchObject({ resumedBytes: 0 });
    });

    it('are deleted by folder; a single file it cannot delete is MLFLOW_UNSUPPORTED, an absent one no error', async () => {
      const { repository } = await runArtifacts();
      await repository.upload('folder/a.txt', 'abc');
      await expect(repository.delete('folder/a.txt')).rejects.toMatchObject({ code: 'MLFLOW_UNSUPPORTED' });
      await repository.delete('folder');
      await repository.delete('folder');
      expect(await repository.list()).toEqual([]);
    });
  },
  2,
);

/** Artifacts of a new run. */
interface RunArtifacts {
  readonly url: string;
  readonly runId: string;
  readonly repository: ArtifactRepository;
}

interface Subject {
  readonly client: () => MlflowClient;
  readonly runArtifacts: () => Promise<RunArtifacts>;
  readonly inFolder: () => string;
}

function useServer(major: 2 | 3): Subject {
  let server: RealServer;
  let client: MlflowClient;
  let folder: string;
  beforeAll(async () => {
    server = await startRealServer({ major });
    client = openMlflow({ trackingUri: server.url, env: {} });
  });
  afterAll(async () => {
    await (server as RealServer | undefined)?.stop();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-artifacts-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });
  return {
    client: () => client,
    inFolder: () => folder,
    runArtifacts: async () => {
      const experimentId = await client.ensureExperiment('runs');
      const { runId } = await client.createRun({ experimentId });
      return { url: server.url, runId, repository: client.artifacts({ runId }) };
    },
  };
}

async function uploadsWithParts({ url, runId }: RunArtifacts, folder: string): Promise<void> {
  const file = join(folder, 'local.bin');
  await writeFile(file, content);
  const artifacts = { multipartThresholdBytes: 1, partBytes: 1_000_000 };
  const repository = openMlflow({ trackingUri: url, env: {}, artifacts }).artifacts({ runId });
  await repository.uploadFile('model/large ü.bin', file);
  expect(Buffer.from(await repository.download('model/large ü.bin')).equals(content)).toBe(true);
}

/** A client whose answers break off after so many bytes. */
function breaking(trackingUri: string, afterBytes: number): MlflowClient {
  const inner = nodeTransport({ origin: trackingUri, tls: {} });
  const transport: Transport = async (request) => {
    const response = await inner(request);
    return { ...response, body: brokenOff(response.body, afterBytes) };
  };
  return openMlflow({ trackingUri, env: {}, transport, maxAttempts: 1 });
}

async function* brokenOff(body: AsyncIterable<Uint8Array>, afterBytes: number): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const chunk of body) {
    yield chunk;
    count += chunk.length;
    if (count >= afterBytes) throw Object.assign(new Error('The connection broke'), { code: 'ECONNRESET' });
  }
}
