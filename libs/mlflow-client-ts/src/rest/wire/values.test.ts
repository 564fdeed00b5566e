import { describe, expect, it } from 'vitest';
import { toPairs, toRecord, wireInteger, wireList, wireObject, wireText } from './values.js';

describe('what a server sends', () => {
  it('may be left out when it is empty', () => {
    expect([wireList(undefined), wireObject(undefined), wireText(undefined), wireInteger(undefined)]).toEqual([
      [],
      {},
      '',
      0,
    ]);
  });

  it('may be of another type than it should, and is then taken for empty', () => {
    expect([wireList({}), wireObject(null), wireObject('x'), wireText({})]).toEqual([[], {}, {}, '']);
    expect(wireList([null, 5, 'x', { key: 'a' }])).toEqual([{ key: 'a' }]);
  });

  it('has numbers as texts now and then', () => {
    expect([wireInteger('7'), wireText(7)]).toEqual([7, '7']);
  });
});

describe('pairs', () => {
  it('become a record and back, whatever the keys', () => {
    const record = toRecord([{ key: '__proto__', value: '1' }, { key: 'toString', value: '2' }, { key: 'a' }, null]);
    expect(Object.entries(record)).toEqual([
      ['__proto__', '1'],
      ['toString', '2'],
      ['a', ''],
    ]);
    expect(toRecord(toPairs(record))).toEqual(record);
  });
});
