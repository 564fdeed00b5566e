import { describe, expect, it } from 'vitest';
import { contentTypeProblem } from './content-type.js';

describe('contentTypeProblem()', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
    'application/json;',
  ])('takes %s', (type) => {
    expect(contentTypeProblem(type)).toBeUndefined();
  });

  it.each([undefined, 'text/html', 'application/json; charset=latin-1', 'application/json; charset=utf-8; version=2'])(
    'answers 415 to %s',
    (type) => {
      expect(contentTypeProblem(type)?.statusCode).toBe(415);
    },
  );

  it.each(['text/csv', 'application/vnd.apache.parquet'])('says that %s carries no tensor', (type) => {
    expect(contentTypeProblem(type)).toEqual({
      statusCode: 400,
      message: `"${type}" is for models with columns; this model has a tensor signature: send application/json`,
    });
  });
});
