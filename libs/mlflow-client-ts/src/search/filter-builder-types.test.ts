/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- what does not compile has no types */
import { describe, expect, it } from 'vitest';
import {
  experimentFilter,
  loggedModelFilter,
  modelVersionFilter,
  registeredModelFilter,
  runFilter,
} from './filter-builder.js';

const refused = expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }) as Error;

describe('runFilter()', () => {
  it('refuses by type, and when it runs, what the grammar of runs does not have', () => {
    // @ts-expect-error -- metrics are numbers
    expect(() => runFilter(({ metric }) => [metric('a').like('1%')])).toThrow(refused);
    // @ts-expect-error -- metrics are always something
    expect(() => runFilter(({ metric }) => [metric('a').isNull()])).toThrow(refused);
    // @ts-expect-error -- only the run id is looked up in lists
    expect(() => runFilter(({ attribute }) => [attribute('status').in(['FINISHED'])])).toThrow(refused);
    // @ts-expect-error -- tags are not looked up in lists
    expect(() => runFilter(({ tag }) => [tag('a').in(['x'])])).toThrow(refused);
    // @ts-expect-error -- no such attribute
    expect(() => runFilter(({ attribute }) => [attribute('lifecycle_stage').equals('active')])).toThrow(refused);
    // @ts-expect-error -- no such part of a dataset
    expect(() => runFilter(({ dataset }) => [dataset('schema').equals('active')])).toThrow(refused);
    // @ts-expect-error -- a number is no text
    expect(() => runFilter(({ param }) => [param('a').equals(1)])).toThrow(refused);
    // @ts-expect-error -- a text is no number
    expect(() => runFilter(({ metric }) => [metric('a').equals('1')])).toThrow(refused);
    // @ts-expect-error -- no such status; servers take it and find nothing
    runFilter(({ attribute }) => [attribute('status').equals('DONE')]);
  });
});

describe('filters of the other entities', () => {
  it('refuse by type, and when they run, what their grammar does not have', () => {
    // @ts-expect-error -- versions are not searched by stage
    expect(() => modelVersionFilter(({ attribute }) => [attribute('current_stage').equals('None')])).toThrow(refused);
    // @ts-expect-error -- versions are not searched by alias
    expect(() => modelVersionFilter(({ attribute }) => [attribute('aliases').equals('a')])).toThrow(refused);
    // @ts-expect-error -- versions have no metrics
    expect(() => modelVersionFilter(({ metric }) => [metric('a').equals(1)])).toThrow(refused);
    // @ts-expect-error -- tags of versions are not tested for absence
    expect(() => modelVersionFilter(({ tag }) => [tag('a').isNull()])).toThrow(refused);
    // @ts-expect-error -- servers keep the status of logged models as a number
    expect(() => loggedModelFilter(({ attribute }) => [attribute('status').equals('READY')])).toThrow(refused);
    // @ts-expect-error -- registered models are ordered by this, not searched
    expect(() => registeredModelFilter(({ attribute }) => [attribute('timestamp').equals(1)])).toThrow(refused);
    // @ts-expect-error -- ids of experiments are numbers
    expect(() => experimentFilter(({ attribute }) => [attribute('experiment_id').like('1%')])).toThrow(refused);
  });
});
