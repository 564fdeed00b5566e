import type { CheckResult } from '@i-drill/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { giveVerdict } from '../verdict/give-verdict.js';
import { escapeHtml } from './escape-html.js';
import { verdictToHtml } from './verdict-to-html.js';

const warned: CheckResult = {
  check: 'train.data.outliers',
  status: 'failed',
  reason: '"torque" has outliers in 3 of 100 rows (3 %, limit 2 %)',
  measurements: [{ name: 'torque: outliers', value: 0.0312345, limit: '<= 0.02', unit: 'share of rows' }],
  consequences: { failed: 'warn', inconclusive: 'warn', error: 'block' },
};
const missing: CheckResult = {
  check: 'metrics.mae',
  status: 'error',
  reason: 'mean_absolute_error was not measured',
  measurements: [{ name: 'mean_absolute_error', value: null, limit: '<= 100 h', unit: 'h' }],
  consequences: { failed: 'block', inconclusive: 'block', error: 'block' },
};
const fine: CheckResult = {
  ...missing,
  check: 'metrics.r2',
  status: 'passed',
  reason: 'r2_score is 0.8',
  measurements: [],
};

function report(checks: readonly CheckResult[], name = 'bit-life'): string {
  const model = { name, version: '3' };
  const at = Date.UTC(2026, 0, 2, 3, 4, 5);
  return verdictToHtml(
    giveVerdict({ model, checks, at, dataFingerprint: 'f1'.repeat(32), modelDigest: 'd2'.repeat(32) }),
  );
}

describe('verdictToHtml()', () => {
  const html = report([fine, warned, missing]);

  it('says what was judged: model, version, digest, fingerprint, time', () => {
    expect(html).toContain('<h1>Validation of bit-life version 3</h1>');
    for (const fact of [
      'd2'.repeat(32),
      'f1'.repeat(32),
      '2026-01-02T03:04:05.000Z',
      'bit-life-3-20260102T030405000Z',
    ]) {
      expect(html).toContain(`<code>${fact}</code>`);
    }
  });

  it('says the verdict in words, with how many checks stand for and against it', () => {
    expect(html).toContain(
      'Something could not be measured. That is not a pass. 1 of 3 checks passed, 1 blocking, 1 warning.',
    );
    expect(html).toContain('version 3: error</title>');
  });

  it('shows every check with result, effect and reason', () => {
    const rows = html.match(/<tr>\n<th scope="row"><a[\s\S]*?<\/tr>/g);
    expect(rows).toHaveLength(3);
    expect(rows?.[0]).toMatch(/metrics\.r2[\s\S]*passed<\/span>[\s\S]*<td>none<\/td>/);
    expect(rows?.[1]).toMatch(/failed<\/span>[\s\S]*<strong>warns<\/strong>[\s\S]*3 of 100 rows/);
    expect(rows?.[2]).toMatch(/error<\/span>[\s\S]*<strong>blocks<\/strong>/);
  });

  it('shows figures with unit and limit, and says where there is none', () => {
    expect(html).toMatch(/>0\.03123<\/td>\s*<td>share of rows<\/td>\s*<td>&lt;= 0\.02<\/td>/);
    expect(html).toMatch(/<td>not measured<\/td>\s*<td>h<\/td>\s*<td>&lt;= 100 h<\/td>/);
    expect(html).toContain('failed warns, inconclusive warns, error blocks');
  });

  it('links each check to a section that exists', () => {
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(targets).toEqual(['check-1', 'check-2', 'check-3']);
    for (const target of targets) expect(html).toContain(`<section id="${target}"`);
  });

  it('loads nothing and runs nothing', () => {
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(|\ssrc=|https?:/);
    expect(html).toContain("default-src 'none'");
  });

  it('follows the light or dark setting of the reader', () => {
    expect(html).toContain('@media (prefers-color-scheme: dark)');
    expect(html).toContain('color-scheme: light dark');
  });

  it('escapes every value it is given', () => {
    const evil = `<script>alert("1")</script>&'`;
    const check: CheckResult = {
      ...warned,
      check: evil,
      reason: evil,
      measurements: [{ name: evil, value: evil, limit: evil, unit: evil }],
    };
    const verdict = giveVerdict({
      model: { name: evil, version: evil },
      checks: [check],
      at: 0,
      dataFingerprint: evil,
      modelDigest: evil,
    });
    const page = verdictToHtml(verdict);
    expect(page).not.toContain('<script');
    expect(page).not.toContain('alert("1")');
    // title, heading, name, version, digest, fingerprint; the check's name and reason twice, its four texts once
    expect(page.split(escapeHtml(evil)).length - 1).toBe(2 * 2 + 4 + 2 * 2 + 4);
  });

  it('says that no check was made where none was', () => {
    expect(report([])).toContain('No check was made, so nothing was shown.');
    expect(report([])).toContain('version 3: inconclusive</title>');
  });
});

describe('escapeHtml()', () => {
  it('leaves no character that HTML gives a meaning, and can be undone', () => {
    const undo = (text: string): string =>
      text
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&');
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
        expect(undo(escapeHtml(text))).toBe(text);
      }),
    );
  });
});
