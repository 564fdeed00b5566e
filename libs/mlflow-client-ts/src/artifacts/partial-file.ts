import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { OpenedContent } from './content-source.js';

/** What is known of the content whose beginning a `.part` file holds. */
interface PartNote {
  readonly address: string;
  readonly validator?: string;
}

/** The beginning of a content, in `<localFile>.part`; beside it, in `<localFile>.part.json`, of which content. */
export interface PartialFile {
  /** Bytes in it. */
  readonly sizeBytes: number;
  /** How many of them an earlier download left. */
  readonly resumedBytes: number;
  /** Of the content when the part was begun. */
  readonly validator: string | undefined;
  /** Makes it hold `opened.offset` bytes, and appends what arrives. */
  write(opened: OpenedContent): Promise<void>;
  /** Of what it holds, hexadecimal. */
  sha256(): string;
  /** Gives it the name of the file. */
  finish(): Promise<void>;
  remove(): Promise<void>;
}

/** The part that an interrupted download of the same content left, or an empty one. */
export async function openPartialFile(localFile: string, address: string): Promise<PartialFile> {
  await mkdir(dirname(localFile), { recursive: true });
  const part = new Part(localFile, address);
  await part.readWhatIsLeft();
  return part;
}

class Part implements PartialFile {
  sizeBytes = 0;
  resumedBytes = 0;
  validator: string | undefined;
  readonly #localFile: string;
  readonly #address: string;
  #hash: Hash = createHash('sha256');

  constructor(localFile: string, address: string) {
    this.#localFile = localFile;
    this.#address = address;
  }

  get #file(): string {
    return `${this.#localFile}.part`;
  }

  get #noteFile(): string {
    return `${this.#file}.json`;
  }

  async readWhatIsLeft(): Promise<void> {
    const note = await readNote(this.#noteFile);
    const found = await stat(this.#file).catch(() => undefined);
    if (note?.address !== this.#address || found === undefined) return;
    this.validator = note.validator;
    for await (const chunk of createReadStream(this.#file)) this.#count(chunk as Buffer);
    this.resumedBytes = this.sizeBytes;
  }

  async write(opened: OpenedContent): Promise<void> {
    if (opened.offset === 0) await this.#begin(opened);
    const file = await open(this.#file, 'r+');
    try {
      for await (const chunk of opened.body) await this.#append(file, chunk);
    } finally {
      await file.close();
    }
  }

  sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  async finish(): Promise<void> {
    await rename(this.#file, this.#localFile);
    await rm(this.#noteFile, { force: true });
  }

  async remove(): Promise<void> {
    await rm(this.#file, { force: true });
    await rm(this.#noteFile, { force: true });
    this.#forget();
  }

  /** The note comes after the content it no longer speaks of is gone, so that a crash in between loses the part and mixes nothing. */
  async #begin({ validator }: OpenedContent): Promise<void> {
    await this.remove();
    await writeFile(this.#file, '');
    this.validator = validator;
    const note: PartNote = { address: this.#address, ...(validator !== undefined && { validator }) };
    await writeFile(this.#noteFile, JSON.stringify(note));
  }

  async #append(file: FileHandle, chunk: Uint8Array): Promise<void> {
    for (let done = 0; done < chunk.length;) {
      const { bytesWritten } = await file.write(chunk, done, chunk.length - done, this.sizeBytes + done);
      done += bytesWritten;
    }
    this.#count(chunk);
  }

  #count(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.sizeBytes += chunk.length;
  }

  #forget(): void {
    this.#hash = createHash('sha256');
    this.sizeBytes = 0;
    this.resumedBytes = 0;
    this.validator = undefined;
  }
}

async function readNote(file: string): Promise<PartNote | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as PartNote;
  } catch {
    return undefined; // none, or cut off by a crash: then it is not known what the part belongs to
  }
}
