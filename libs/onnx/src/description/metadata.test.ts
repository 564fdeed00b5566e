import type { PredictionInterval } from '@i-drill/core';
import { describe, expect, it } from 'vitest';
import { exportSequenceModel } from '../export/export-sequence-model.js';
import { encodeModel, type GraphSpec } from '../format/messages.js';
import { readFields, textOf } from '../format/read-protobuf.js';
import { openModel } from '../runtime/open-model.js';
import { pointOnly, randomModel, smallArchitectures } from '../testing/random-model.js';
import { readMetadata } from './read-metadata.js';
import { writeMetadata } from './write-metadata.js';

const interval: PredictionInterval = {
  method: 'split-conformal',
  coverage: 0.9,
  edges: [],
  below: [1],
  above: [1 / 3],
  calibratedOn: { windows: 100, units: 20 },
};
const [architecture] = smallArchitectures;
const size = { seed: 1, architecture: architecture!, features: 3, windowLength: 4 };
const plain = randomModel({ ...size, columns: pointOnly });
const full = randomModel({
  ...size,
  columns: pointOnly,
  members: 2,
  anchorFeature: 1,
  regimes: { count: 2, conditions: 1 },
  interval,
});
const classes = ['a', 'b'].map((name) => ({ kind: 'class', name }) as const);

/** A file without a model that says something about itself. */
function notes(metadata: readonly (readonly [string, string])[]): Uint8Array {
  const graph: GraphSpec = { name: '', nodes: [], initializers: [], inputs: [], outputs: [] };
  return encodeModel(graph, { metadata });
}

describe('the metadata of an exported model', () => {
  for (const [title, model] of Object.entries({ plain, full, classes: randomModel({ ...size, columns: classes }) })) {
    it(`are everything but the weights, to the last digit: ${title}`, () => {
      const { members, ...rest } = model;
      expect(readMetadata(exportSequenceModel(model))).toEqual({ formatVersion: 1, ...rest, members: members.length });
    });
  }

  it('are listed under keys that people can read', () => {
    const texts = Object.fromEntries(writeMetadata(plain));
    expect(texts).toMatchObject({
      'i_drill.format_version': '1',
      'i_drill.model_type': 'lstm',
      'i_drill.task': 'rate-of-penetration',
      'i_drill.features': '[{"name":"x0","unit":"-"},{"name":"x1","unit":"-"},{"name":"x2","unit":"-"}]',
      'i_drill.target': '{"name":"y","unit":"m/h"}',
      'i_drill.window': '{"length":4,"padding":"repeat-first-row"}',
      'i_drill.target_scaler': '{"mean":[0.3],"scale":[0.7]}',
      'i_drill.members': '1',
    });
    expect(Object.keys(texts)).not.toContain('i_drill.interval');
  });

  it('stand beside words on how to use the file', () => {
    const doc = [...readFields(exportSequenceModel(plain))].find(({ field }) => field === 6);
    expect(textOf(doc!.value)).toBe(
      'Predicts y (m/h) from the last 4 rows of 3 sensors: lstm, one network. ' +
        'Input "window": raw values, rows from the oldest to the newest, columns x0, x1, x2. ' +
        'Scaling is part of the model. Where fewer rows are known, repeat the first one in front. ' +
        'A window that holds NaN or an infinity gives NaN. The keys that begin with "i_drill." describe the model in JSON.',
    );
  });
});

describe('readMetadata()', () => {
  it('gives nothing where a file says nothing, or other things', () => {
    expect(readMetadata(notes([]))).toBeUndefined();
    expect(readMetadata(notes([['author', 'someone'], ['i_drill.note', 'x']]))).toBeUndefined(); // prettier-ignore
  });

  it('refuses another version, a missing key, a text that is no JSON, and a description that cannot be', () => {
    const changed = (key: string, text: string | undefined): Uint8Array =>
      notes(
        writeMetadata(full).flatMap(([name, old]) =>
          name !== `i_drill.${key}` ? [[name, old]] : text === undefined ? [] : [[name, text]],
        ),
      );
    expect(readMetadata(changed('none', ''))).toBeDefined();
    const unusable = 'Cannot open the model: its metadata are not what an export writes; export it again';
    const refused: [key: string, text: string | undefined, message: string][] = [
      [
        'format_version',
        '2',
        'Cannot open the model: its metadata are of format version "2", this release reads version 1; export it again',
      ],
      ['window', undefined, unusable],
      ['architecture', '{"type":', unusable],
      ['features', 'null', unusable],
      [
        'window',
        '{"length":0}',
        'Cannot open the model: its metadata say that its window is 0 rows long; export it again',
      ],
      ['members', '"2"', 'Cannot open the model: its metadata say that it has 2 networks; export it again'],
    ];
    for (const [key, text, message] of refused) {
      expect(() => readMetadata(changed(key, text)), key).toThrow(
        expect.objectContaining({ name: 'OnnxError', code: 'ONNX_INVALID_MODEL', message }),
      );
    }
  });
});

describe('openModel()', () => {
  it('refuses a file whose metadata describe another model', async () => {
    const bytes = exportSequenceModel(plain);
    const text = new TextDecoder('latin1').decode(bytes);
    const at = text.indexOf('"length":4') + '"length":'.length;
    await expect(openModel(bytes.with(at, '5'.charCodeAt(0)))).rejects.toMatchObject({
      code: 'ONNX_INVALID_MODEL',
      message: 'Cannot open the model: its metadata describe other tensors than it has; export it again',
    });
    await (await openModel(bytes)).close();
  });
});
