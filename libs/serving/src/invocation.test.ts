import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInvocation } from './invocation.js';

const shape = { length: 3, features: 2, maxWindows: 4 };
const window = [
  [1, 2],
  [3, 4],
  [5, 6],
];
const expected = { inputs: Float64Array.from([1, 2, 3, 4, 5, 6]), count: 1 };

function problemOf(body: unknown): string {
  const result = parseInvocation(body, shape);
  return result.ok ? 'no problem' : `${result.problem.error_code}: ${result.problem.message}`;
}

describe('parseInvocation()', () => {
  it.each([
    ['inputs as a tensor', { inputs: [window] }],
    ['inputs by name', { inputs: { window: [window] } }],
    ['instances as windows', { instances: [window] }],
    ['instances by name', { instances: [{ window }] }],
    ['empty params beside', { inputs: [window], params: {} }],
  ])('reads %s', (_, body) => {
    expect(parseInvocation(body, shape)).toEqual({ ok: true, invocation: expected });
  });

  it('gives back the same values, in order, whatever the windows hold', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const row = fc.array(value, { minLength: 2, maxLength: 2 });
    const windows = fc.array(fc.array(row, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(windows, (tensor) => {
        const asInputs = parseInvocation({ inputs: tensor }, shape);
        const invocation = { inputs: Float64Array.from(tensor.flat(2)), count: tensor.length };
        expect(asInputs).toEqual({ ok: true, invocation });
        expect(parseInvocation({ instances: tensor.map((w) => ({ window: w })) }, shape)).toEqual(asInputs);
      }),
    );
  });

  it.each([
    [
      'no form',
      { rows: [] },
      'BAD_REQUEST: the body must hold exactly one of "inputs" and "instances"; none was given',
    ],
    [
      'two forms',
      { inputs: [window], instances: [window] },
      'BAD_REQUEST: the body must hold exactly one of "inputs" and "instances"; inputs and instances were given',
    ],
    ['a list', [window], 'BAD_REQUEST: the body must be a JSON object with "inputs" or "instances"'],
    ['null', null, 'BAD_REQUEST: the body must be a JSON object with "inputs" or "instances"'],
    ['params that are no object', { inputs: [window], params: 3 }, 'BAD_REQUEST: "params" must be an object'],
    [
      'dataframe_split',
      { dataframe_split: {} },
      'INVALID_PARAMETER_VALUE: "dataframe_split" is for models with columns; this model has a tensor signature: send "inputs": window [-1, 3, 2]',
    ],
    [
      'dataframe_records',
      { dataframe_records: [] },
      'INVALID_PARAMETER_VALUE: "dataframe_records" is for models with columns; this model has a tensor signature: send "inputs": window [-1, 3, 2]',
    ],
    [
      'one window instead of a list',
      { inputs: window },
      'INVALID_PARAMETER_VALUE: inputs[0] has 2, expected 3 rows (a window is [3, 2])',
    ],
    [
      'a short row',
      { inputs: [[[1, 2], [3], [5, 6]]] },
      'INVALID_PARAMETER_VALUE: inputs[0][1] has 1, expected 2 values',
    ],
    [
      'text for the tensor',
      { inputs: 'x' },
      'INVALID_PARAMETER_VALUE: inputs must be a tensor [-1, 3, 2], not a string',
    ],
    ['no window', { inputs: [] }, 'INVALID_PARAMETER_VALUE: inputs holds no window; send at least one'],
    [
      'too many windows',
      { inputs: Array.from({ length: 5 }, () => window) },
      'INVALID_PARAMETER_VALUE: inputs holds 5 windows; at most 4 per request',
    ],
    [
      'another tensor name',
      { inputs: { x: [window] } },
      'INVALID_PARAMETER_VALUE: inputs names the tensors [x]; the model takes exactly one, "window"',
    ],
    [
      'another name in a row',
      { instances: [{ x: window }] },
      'INVALID_PARAMETER_VALUE: instances[0] names the tensors [x]; the model takes exactly one, "window"',
    ],
    [
      'instances that are no list',
      { instances: { window } },
      'INVALID_PARAMETER_VALUE: instances must be a list of windows, not object',
    ],
    [
      'rows of two kinds',
      { instances: [{ window }, window] },
      'INVALID_PARAMETER_VALUE: instances[1] is not an object { window } as other rows are',
    ],
    [
      'null for a value',
      {
        inputs: [
          [
            [1, null],
            [3, 4],
            [5, 6],
          ],
        ],
      },
      'INVALID_PARAMETER_VALUE: inputs[0][0][1] is null; every value of a window must be a finite number',
    ],
    [
      'text for a value',
      {
        instances: [
          {
            window: [
              ['1', 2],
              [3, 4],
              [5, 6],
            ],
          },
        ],
      },
      'INVALID_PARAMETER_VALUE: instances[0].window[0][0] is a string; every value of a window must be a finite number',
    ],
    [
      'a value beyond float32',
      {
        inputs: [
          [
            [1e39, 2],
            [3, 4],
            [5, 6],
          ],
        ],
      },
      'INVALID_PARAMETER_VALUE: inputs[0][0][0] is 1e+39; every value of a window must be a finite number',
    ],
  ])('refuses %s and says where', (_, body, problem) => {
    expect(problemOf(body)).toBe(problem);
  });
});
