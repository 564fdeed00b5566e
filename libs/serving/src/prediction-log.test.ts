import { appendFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CapturingLogger, FakeClock } from '@i-drill/testkit';
import { describe, expect, it } from 'vitest';
import { openPredictionLog, type PredictionLog } from './prediction-log.js';
import { readPredictionLog } from './read-prediction-log.js';
import { recordAt, withFolder } from './testing/fixtures.js';

const everything = { fromMs: 0, toMs: Infinity };

function openIn(directory: string, logger = new CapturingLogger(), maxBatchRecords = 100): Promise<PredictionLog> {
  const clock = new FakeClock(1000);
  return openPredictionLog({ directory, maxBatchRecords, flushIntervalMs: 3_600_000, clock, logger });
}

describe('openPredictionLog()', () => {
  it('writes what waits when it is closed', () =>
    withFolder(async (folder) => {
      const log = await openIn(folder);
      const record = recordAt(5, { inputs: [[0.1, 518.67]], rig: 'rig-7' });
      log.append(record);
      await log.close();
      expect(await readPredictionLog(folder, everything)).toEqual({ records: [record], tornLines: 0 });
    }));

  it('writes a full batch without being asked', () =>
    withFolder(async (folder) => {
      const log = await openIn(folder, undefined, 2);
      log.append(recordAt(1));
      log.append(recordAt(2));
      // An empty flush only waits for the batch that is being written.
      await log.flush();
      expect((await readPredictionLog(folder, everything)).records).toHaveLength(2);
      await log.close();
    }));

  it('keeps every record, in order, when many are appended while it writes', () =>
    withFolder(async (folder) => {
      const log = await openIn(folder, undefined, 7);
      const flushes = Array.from({ length: 500 }, (_, at) => {
        log.append(recordAt(at));
        return at % 50 === 0 ? log.flush() : undefined;
      });
      await Promise.all([...flushes, log.close()]);
      const { records } = await readPredictionLog(folder, everything);
      expect(records.map(({ at }) => at)).toEqual(Array.from({ length: 500 }, (_, at) => at));
    }));

  it('gives every process a file of its own', () =>
    withFolder(async (folder) => {
      await Promise.all([openIn(folder), openIn(folder)].map(async (log) => (await log).close()));
      expect(await readdir(folder)).toHaveLength(2);
    }));

  it('loses records it cannot write without a throw, counts them, and says so once', () =>
    withFolder(async (folder) => {
      const logger = new CapturingLogger();
      const log = await openIn(join(folder, 'log'), logger, 1);
      await rename(join(folder, 'log'), join(folder, 'elsewhere'));
      for (const at of [1, 2, 3]) log.append(recordAt(at));
      await log.close();
      expect(log.lostRecords).toBe(3);
      expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    }));

  it('starts on a line of its own after a write that failed half-way', () =>
    withFolder(async (folder) => {
      const log = await openIn(join(folder, 'log'), undefined, 1);
      await rename(join(folder, 'log'), join(folder, 'elsewhere'));
      log.append(recordAt(1));
      await log.flush();
      await rename(join(folder, 'elsewhere'), join(folder, 'log'));
      await appendFile(log.path, '{"at":1,"requ');
      log.append(recordAt(2));
      await log.close();
      const { records, tornLines } = await readPredictionLog(join(folder, 'log'), everything);
      expect([records.map(({ at }) => at), tornLines]).toEqual([[2], 1]);
    }));

  it('drops and counts records that arrive faster than they can be written', () =>
    withFolder(async (folder) => {
      const log = await openIn(folder, undefined, 3);
      // Nothing is written before the event loop turns: 100 batches of 3 fit.
      for (let at = 0; at < 305; at++) log.append(recordAt(at));
      await log.close();
      const { records } = await readPredictionLog(folder, everything);
      expect(records.length + log.lostRecords).toBe(305);
      expect(log.lostRecords).toBe(5);
    }));

  it('refuses a folder it cannot write', () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'file'), '');
      await expect(openIn(join(folder, 'file'))).rejects.toMatchObject({ code: 'SERVING_LOG_UNWRITABLE' });
    }));
});

describe('readPredictionLog()', () => {
  it('takes from <= time < to, of all files, in order of time', () =>
    withFolder(async (folder) => {
      const line = (at: number): string => `${JSON.stringify(recordAt(at))}\n`;
      await writeFile(join(folder, 'a.jsonl'), line(30) + line(10) + line(40));
      await writeFile(join(folder, 'b.jsonl'), line(20) + line(9));
      const { records } = await readPredictionLog(folder, { fromMs: 10, toMs: 40 });
      expect(records.map(({ at }) => at)).toEqual([10, 20, 30]);
    }));

  it('counts torn lines and lines that are no record, and reads the rest', () =>
    withFolder(async (folder) => {
      const whole = JSON.stringify(recordAt(1));
      await writeFile(join(folder, 'a.jsonl'), `${whole}\n{"at":2}\n\nnull\n${whole.slice(0, 40)}`);
      const { records, tornLines } = await readPredictionLog(folder, everything);
      expect([records.length, tornLines]).toEqual([1, 3]);
    }));

  it('finds nothing in a folder that does not exist, and says so when it cannot look', () =>
    withFolder(async (folder) => {
      expect(await readPredictionLog(join(folder, 'none'), everything)).toEqual({ records: [], tornLines: 0 });
      await writeFile(join(folder, 'file'), '');
      await expect(readPredictionLog(join(folder, 'file'), everything)).rejects.toMatchObject({ code: 'ENOTDIR' });
    }));
});
