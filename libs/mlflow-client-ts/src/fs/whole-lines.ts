import { fstatSync, ftruncateSync, readSync } from 'node:fs';

const newline = 10;
const blockBytes = 4096;

/** Cuts off what follows the last newline of an open file: lines are acknowledged whole, so that is what a crash left. The size then. */
export function keepWholeLines(file: number): number {
  const { size } = fstatSync(file);
  const wholeBytes = endOfLastLine(file, size);
  if (wholeBytes < size) ftruncateSync(file, wholeBytes);
  return wholeBytes;
}

function endOfLastLine(file: number, sizeBytes: number): number {
  const lastByte = Buffer.alloc(1);
  if (sizeBytes === 0 || (readSync(file, lastByte, 0, 1, sizeBytes - 1) === 1 && lastByte[0] === newline))
    return sizeBytes;
  const block = Buffer.alloc(blockBytes);
  for (let end = sizeBytes; end > 0; end -= blockBytes) {
    const start = Math.max(0, end - blockBytes);
    const length = readSync(file, block, 0, end - start, start);
    const at = block.subarray(0, length).lastIndexOf(newline);
    if (at >= 0) return start + at + 1;
  }
  return 0;
}
