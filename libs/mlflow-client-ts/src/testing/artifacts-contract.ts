import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { absentRun, invalid, notFound, unsupportedHere, type Start } from './subject.js';

/** What every store does with files. */
export function artifactsContract(start: Start): void {
  it('gives files back byte for byte', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 7) % 256);
    await client.uploadArtifact(runId, 'model/model.onnx', bytes);
    await client.uploadArtifact(runId, 'model/notes, 100% "ü" 1?.txt', 'first\n');
    await client.uploadArtifact(runId, 'empty.txt', '');
    expect(Buffer.from(await client.downloadArtifact(runId, 'model/model.onnx')).equals(bytes)).toBe(true);
    const notes = await client.downloadArtifact(runId, 'model/notes, 100% "ü" 1?.txt');
    expect(new TextDecoder().decode(notes)).toBe('first\n');
    expect(await client.downloadArtifact(runId, 'empty.txt')).toHaveLength(0);
  });

  it('lists one level of files and folders', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    expect(await client.listArtifacts(runId)).toEqual([]);
    await client.uploadArtifact(runId, 'model/deep/a.txt', 'abc');
    await client.uploadArtifact(runId, 'model/b.txt', '');
    await client.uploadArtifact(runId, 'c.txt', 'abcd');
    expect(await client.listArtifacts(runId)).toEqual([
      { path: 'c.txt', isDirectory: false, sizeBytes: 4 },
      { path: 'model', isDirectory: true, sizeBytes: 0 },
    ]);
    expect(await client.listArtifacts(runId, 'model')).toEqual([
      { path: 'model/b.txt', isDirectory: false, sizeBytes: 0 },
      { path: 'model/deep', isDirectory: true, sizeBytes: 0 },
    ]);
    expect(await client.listArtifacts(runId, 'c.txt')).toEqual([]);
    expect(await client.listArtifacts(runId, 'nothing')).toEqual([]);
  });

  it('replaces a file', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.uploadArtifact(runId, 'report.html', 'first version');
    await client.uploadArtifact(runId, 'report.html', 'second');
    expect(new TextDecoder().decode(await client.downloadArtifact(runId, 'report.html'))).toBe('second');
  });

  it('does not find a missing file, a folder, or a run', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.uploadArtifact(runId, 'model/a.txt', 'abc');
    await expect(client.downloadArtifact(runId, 'model/b.txt')).rejects.toMatchObject(notFound);
    await expect(client.downloadArtifact(runId, 'model')).rejects.toMatchObject(notFound);
    await expect(client.downloadArtifact(absentRun, 'a.txt')).rejects.toMatchObject(notFound);
    await expect(client.uploadArtifact(absentRun, 'a.txt', '')).rejects.toMatchObject(notFound);
  });

  it.each(['', '../a', '/a', 'a//b', 'a/./b', 'a/', 'a\\b', 'a#b', 'a%20b', 'a\nb'])(
    'refuses the path %j',
    async (path) => {
      const { client, experimentId } = await start();
      const { runId } = await client.createRun({ experimentId });
      await expect(client.uploadArtifact(runId, path, '')).rejects.toMatchObject(invalid);
      await expect(client.downloadArtifact(runId, path)).rejects.toMatchObject(invalid);
    },
  );

  it('streams files and folders of this machine up and down, with their digest', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const repository = client.artifacts({ runId });
    await inFolder(async (folder) => {
      const content = Buffer.alloc(3_000_000, 'drill ');
      await mkdir(join(folder, 'in/deep'), { recursive: true });
      await writeFile(join(folder, 'in/large.bin'), content);
      await writeFile(join(folder, 'in/deep/empty'), '');
      await repository.uploadFolder('copy', join(folder, 'in'));
      await repository.uploadFile('one.bin', join(folder, 'in/large.bin'));
      expect((await repository.list('copy')).map(({ path }) => path)).toEqual(['copy/deep', 'copy/large.bin']);
      const sha256 = createHash('sha256').update(content).digest('hex');
      const target = join(folder, 'out.bin');
      const fetched = await repository.downloadFile('copy/large.bin', target, { sha256 });
      expect(fetched).toEqual({ sizeBytes: content.length, sha256, resumedBytes: 0 });
      expect((await readFile(target)).equals(content)).toBe(true);
      let streamed = 0;
      for await (const chunk of repository.stream('one.bin')) streamed += chunk.length;
      expect(streamed).toBe(content.length);
    });
  });

  it('keeps nothing of a download whose digest is another', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    await client.uploadArtifact(runId, 'a.txt', 'abc');
    await inFolder(async (folder) => {
      const target = join(folder, 'a.txt');
      const fetched = client.artifacts({ runId }).downloadFile('a.txt', target, { sha256: '0'.repeat(64) });
      await expect(fetched).rejects.toMatchObject({ name: 'MlflowError', code: 'MLFLOW_DIGEST_MISMATCH' });
      expect(await readdir(folder)).toEqual([]);
    });
  });

  it('deletes files and folders', async () => {
    const { client, experimentId } = await start();
    const { runId } = await client.createRun({ experimentId });
    const repository = client.artifacts({ runId });
    await repository.upload('model/a.txt', 'abc');
    await repository.upload('model/deep/b.txt', 'abc');
    await repository.upload('c.txt', 'abc');
    const refused: unknown = await repository.delete('c.txt').catch((error: unknown) => error);
    if (refused === undefined) {
      expect((await repository.list()).map(({ path }) => path)).toEqual(['model']);
    } else {
      expect(refused).toMatchObject(unsupportedHere); // the oldest servers delete folders only
      expect(await client.serverVersion()).toMatch(/^2\./);
    }
    await repository.delete('model');
    expect(await repository.list('model')).toEqual([]);
  });
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-contract-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
