import { readFields, textOf } from '../format/read-protobuf.js';
import { keyPrefix } from './model-metadata.js';

const metadataProps = 14; // ModelProto.metadata_props

/** The texts that exports of this library write into a file, by their keys without the prefix. */
export function readMetadataTexts(onnx: Uint8Array): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { field, value } of readFields(onnx)) {
    if (field !== metadataProps || typeof value === 'number') continue;
    const entry = new Map(Array.from(readFields(value), (part) => [part.field, textOf(part.value)]));
    const key = entry.get(1) ?? '';
    if (key.startsWith(keyPrefix)) texts.set(key.slice(keyPrefix.length), entry.get(2) ?? '');
  }
  return texts;
}
