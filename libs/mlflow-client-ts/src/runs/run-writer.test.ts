import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryRunLog, type MemoryRunLog } from '../../testing/memory-run-log.js';
import { createRunWriter, type RunWriter } from './run-writer.js';

const point = { key: 'loss', value: 1, timestamp: 5, step: 0 };

let memory: MemoryRunLog;
let writer: RunWriter;
beforeEach(() => {
  vi.useFakeTimers();
  memory = memoryRunLog();
  writer = createRunWriter(memory.log, { maxBuffered: 3, flushMs: 1000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('createRunWriter()', () => {
  it('writes what is buffered when there is enough of it', () => {
    writer.add({ metrics: [point, point] });
    expect(memory.operations).toEqual([]);
    writer.add({ tags: { a: '1' } });
    expect(memory.operations).toEqual([
      { type: 'logBatch', batch: { metrics: [point, point], params: {}, tags: { a: '1' } } },
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('writes what is buffered after a while', () => {
    writer.add({ metrics: [point] });
    vi.advanceTimersByTime(999);
    expect(memory.operations).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(memory.batch().metrics).toEqual([point]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('writes what is buffered before anything else', async () => {
    writer.add({ tags: { a: '1' } });
    writer.append({ type: 'deleteTag', key: 'a' });
    writer.add({ metrics: [point] });
    await writer.perform({ type: 'logOutputs', models: [] });
    expect(memory.calls).toEqual(['append logBatch', 'append deleteTag', 'append logBatch', 'append logOutputs']);
  });

  it.each(['flush', 'flushSync', 'drain'] as const)('writes what is buffered before %s', async (call) => {
    writer.add({ metrics: [point] });
    await writer[call]();
    expect(memory.calls).toEqual(['append logBatch', call]);
  });

  it('refuses everything once it is sealed', async () => {
    writer.seal();
    const refused = expect.objectContaining({ message: expect.stringContaining('it has ended') as string });
    expect(() => {
      writer.add({ metrics: [point] });
    }).toThrow(refused);
    expect(() => {
      writer.append({ type: 'deleteTag', key: 'a' });
    }).toThrow(refused);
    await expect(async () => writer.perform({ type: 'logOutputs', models: [] })).rejects.toThrow(refused);
  });

  it('rejects, and does not throw, when a full disk keeps it from shipping', async () => {
    memory.fault = new Error('ENOSPC');
    writer.add({ metrics: [point] });
    const outcomes = [writer.drain(), writer.flush(), writer.perform({ type: 'logOutputs', models: [] })];
    for (const outcome of outcomes) await expect(outcome).rejects.toThrow('ENOSPC');
  });

  it('keeps what a full disk does not take, and writes it once there is room', () => {
    memory.fault = new Error('ENOSPC');
    writer.add({ metrics: [point] });
    vi.advanceTimersByTime(5000);
    expect(() => {
      writer.add({ metrics: [point, point] });
    }).toThrow('ENOSPC');
    memory.fault = undefined;
    vi.advanceTimersByTime(1000);
    expect(memory.batch().metrics).toHaveLength(3);
  });
});
