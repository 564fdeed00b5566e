import { open, stat, truncate, type FileHandle } from 'node:fs/promises';
import { corruptSpool } from './corrupt-spool.js';
import { splitLine } from './journal-line.js';

const chunkBytes = 256 * 1024;

/** A place between two lines of a journal. */
export interface JournalPosition {
  /** Number of the operation before; 0 at the start. */
  readonly seq: number;
  readonly offset: number;
}

/** One line of a journal. */
export interface JournalLine {
  readonly seq: number;
  /** The operation as JSON. */
  readonly text: string;
  /** Where the next line starts. */
  readonly end: number;
}

/**
 * The lines from a position on, read in pieces. A last line that the end of a process or machine tore is left out.
 *
 * @throws MlflowError MLFLOW_CORRUPT_SPOOL
 */
export async function* readJournal(path: string, from: JournalPosition): AsyncGenerator<JournalLine> {
  const file = await open(path, 'r');
  try {
    let { seq, offset } = from;
    let bad: number | undefined;
    for await (const bytes of readLines(file, from.offset)) {
      if (bad !== undefined) throw corruptLine(path, bad);
      offset += bytes.length + 1;
      const line = splitLine(bytes.toString());
      seq += 1;
      if (line?.seq === seq) yield { seq, text: line.text, end: offset };
      else if (bytes.includes(0))
        bad = seq; // blocks that never reached the disk; only the last line may have them
      else throw corruptLine(path, seq);
    }
  } finally {
    await file.close();
  }
}

function corruptLine(path: string, seq: number): Error {
  return corruptSpool(path, seq, 'is not what was written to it');
}

/** Complete lines, without their ends. */
async function* readLines(file: FileHandle, start: number): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for (let position = start; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    let lineStart = 0;
    const chunk = buffer.subarray(0, bytesRead);
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, lineStart)) {
      yield Buffer.concat([...rest, chunk.subarray(lineStart, end)]);
      rest = [];
      lineStart = end + 1;
    }
    rest.push(chunk.subarray(lineStart));
  }
}

/** Cuts a torn last line off, so that it is never taken for one that counts; how many operations follow the position. */
export async function repairJournal(path: string, from: JournalPosition): Promise<number> {
  let last = from;
  for await (const { seq, end } of readJournal(path, from)) last = { seq, offset: end };
  if ((await stat(path)).size > last.offset) await truncate(path, last.offset);
  return last.seq - from.seq;
}
