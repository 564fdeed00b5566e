import type { WindowBatch } from '@i-drill/training/data';

/** Joins and cuts batches of any size to batches of one size; only the last may be smaller. Windows keep their order. */
export async function* rebatch(batches: AsyncIterable<WindowBatch>, batchSize: number): AsyncGenerator<WindowBatch> {
  let waiting: WindowBatch | undefined;
  for await (const batch of batches) {
    let rest: WindowBatch | undefined = waiting === undefined ? batch : joined(waiting, batch);
    while (rest !== undefined && rest.count >= batchSize) {
      yield part(rest, 0, batchSize);
      rest = rest.count === batchSize ? undefined : part(rest, batchSize, rest.count);
    }
    waiting = rest;
  }
  if (waiting !== undefined) yield waiting;
}

function joined(a: WindowBatch, b: WindowBatch): WindowBatch {
  const inputs = new Float32Array(a.inputs.length + b.inputs.length);
  inputs.set(a.inputs);
  inputs.set(b.inputs, a.inputs.length);
  const targets = new Float32Array(a.count + b.count);
  targets.set(a.targets);
  targets.set(b.targets, a.count);
  return { count: a.count + b.count, inputs, targets };
}

function part({ count, inputs, targets }: WindowBatch, from: number, to: number): WindowBatch {
  if (from === 0 && to === count) return { count, inputs, targets };
  const size = inputs.length / count;
  return { count: to - from, inputs: inputs.subarray(from * size, to * size), targets: targets.subarray(from, to) };
}
