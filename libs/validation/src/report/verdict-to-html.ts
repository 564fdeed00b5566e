import type { Verdict } from '../verdict/give-verdict.js';
import { counted } from '../figure.js';
import { checkHtml, overviewHtml, statusHtml } from './checks-html.js';
import { escapeHtml } from './escape-html.js';
import { reportStyle } from './report-style.js';
import { effectOf, verdictSentence } from './status-words.js';

/**
 * The verdict as one HTML file that loads nothing: every check with its result as a word, its figures with units and
 * limits, and what follows from it. Every value is escaped.
 *
 * @example
 * ```ts
 * import { giveVerdict, verdictToHtml } from '@i-drill/validation';
 * const model = { name: '<b>', version: '1' };
 * const html = verdictToHtml(giveVerdict({ model, checks: [], at: 0, dataFingerprint: '', modelDigest: '' }));
 * html.includes('<title>Validation of &lt;b&gt; version 1: inconclusive</title>'); // => true
 * ```
 */
export function verdictToHtml(verdict: Verdict): string {
  const title = `Validation of ${verdict.model.name} version ${verdict.model.version}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${title}: ${verdict.status}`)}</title>
<style>
${reportStyle}
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${summaryHtml(verdict)}
${factsHtml(verdict)}
${checksHtml(verdict)}
</main>
</body>
</html>
`;
}

function summaryHtml({ status, checks }: Verdict): string {
  const passed = checks.filter((check) => check.status === 'passed').length;
  const blocking = checks.filter((check) => effectOf(check) === 'blocks').length;
  const warnings = checks.filter((check) => effectOf(check) === 'warns').length;
  const tally = `${passed} of ${counted(checks.length, 'check')} passed, ${blocking} blocking, ${counted(warnings, 'warning')}.`;
  return `<div class="verdict ${status}">${statusHtml(status)}<p>${verdictSentence(status)} ${tally}</p></div>`;
}

function factsHtml(verdict: Verdict): string {
  const facts: [string, string][] = [
    ['Model', verdict.model.name],
    ['Version', verdict.model.version],
    ['Model digest', verdict.modelDigest],
    ['Data fingerprint', verdict.dataFingerprint],
    ['Given', new Date(verdict.at).toISOString()],
    ['Verdict', verdict.id],
  ];
  const entries = facts.map(([name, value]) => `<dt>${name}</dt><dd><code>${escapeHtml(value)}</code></dd>`);
  return `<dl>\n${entries.join('\n')}\n</dl>`;
}

function checksHtml({ checks }: Verdict): string {
  if (checks.length === 0) return '<h2>Checks</h2>\n<p>No check was made, so nothing was shown.</p>';
  return `<h2>Checks</h2>
${overviewHtml(checks)}
<h2>Measurements</h2>
${checks.map(checkHtml).join('\n')}`;
}
