import type { StoreFiles } from '../fs/store-files.js';
import type { JsonValue } from '../model/mlmodel.js';
import { readValueSync, writeValue } from './value-files.js';

/** Adds to a tag that is a list in JSON, under the lock of its folder. One that is no list serves nobody, and is replaced. */
export async function addToListTag(files: StoreFiles, folder: string, key: string, item: JsonValue): Promise<void> {
  const list = [...listIn(readValueSync(folder, 'tags', key)), item];
  await writeValue(files, folder, 'tags', [key, JSON.stringify(list)]);
}

function listIn(text = '[]'): readonly JsonValue[] {
  try {
    const value = JSON.parse(text) as JsonValue;
    return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
  } catch {
    return [];
  }
}
