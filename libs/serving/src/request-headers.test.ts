import { describe, expect, it } from 'vitest';
import { endToEndHeaders } from './forward-headers.js';
import { armRoleOf, requestIdOf, rigOf } from './request-headers.js';

describe('names in request headers', () => {
  it('are taken where they are plain identifiers', () => {
    const headers = { 'x-request-id': 'a-1', 'x-rig-id': 'rig/7', 'x-i-drill-arm': 'previous' };
    expect([requestIdOf(headers), rigOf(headers), armRoleOf(headers)]).toEqual(['a-1', 'rig/7', 'previous']);
  });

  it('are left out where they are missing, too long, or something else: they end up in logs and labels', () => {
    const headers = { 'x-rig-id': 'a\nb', 'x-i-drill-arm': 'other' };
    expect([rigOf(headers), armRoleOf(headers), rigOf({ 'x-rig-id': 'x'.repeat(129) }), rigOf({})]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(requestIdOf({})).not.toBe(requestIdOf({}));
  });
});

describe('endToEndHeaders()', () => {
  it('drops what is said about one connection, and what Connection names', () => {
    const headers = {
      connection: 'close, X-Hop',
      'x-hop': '1',
      'transfer-encoding': 'chunked',
      te: 'x',
      accept: '*/*',
    };
    expect(endToEndHeaders(headers)).toEqual({ accept: '*/*' });
  });
});
