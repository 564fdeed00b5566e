import type { CheckResult, Measurement, Status } from '@i-drill/core';
import { figure } from '../figure.js';
import { escapeHtml } from './escape-html.js';
import { effectOf, statusSigns } from './status-words.js';

/** A status as a sign and a word; the colour only repeats it. */
export function statusHtml(status: Status): string {
  return `<span class="status ${status}"><span aria-hidden="true">${statusSigns[status]}</span> ${status}</span>`;
}

/** All checks in one table, each linked to its measurements. */
export function overviewHtml(checks: readonly CheckResult[]): string {
  const rows = checks.map(
    (check, i) => `<tr>
<th scope="row"><a href="#check-${i + 1}">${escapeHtml(check.check)}</a></th>
<td>${statusHtml(check.status)}</td>
<td>${effectHtml(check)}</td>
<td>${escapeHtml(check.reason)}</td>
</tr>`,
  );
  return table('Every check that was made', ['Check', 'Result', 'Effect', 'Reason'], rows);
}

/** One check with everything it measured. */
export function checkHtml(check: CheckResult, index: number): string {
  const { failed, inconclusive, error } = check.consequences;
  return `<section id="check-${index + 1}" aria-labelledby="title-${index + 1}">
<h3 id="title-${index + 1}">${escapeHtml(check.check)}: ${statusHtml(check.status)}</h3>
<p>${escapeHtml(check.reason)}.</p>
${measurementsHtml(check.measurements)}
<p><small>Consequences: failed ${failed}s, inconclusive ${inconclusive}s, error ${error}s.</small></p>
</section>`;
}

function effectHtml(check: CheckResult): string {
  const effect = effectOf(check);
  return effect === 'none' ? 'none' : `<strong>${effect}</strong>`;
}

function measurementsHtml(measurements: readonly Measurement[]): string {
  if (measurements.length === 0) return '';
  const rows = measurements.map(
    ({ name, value, limit, unit }) => `<tr>
<th scope="row">${escapeHtml(name)}</th>
${valueCell(value)}
<td>${escapeHtml(unit ?? '')}</td>
<td>${escapeHtml(limit ?? '')}</td>
</tr>`,
  );
  return table('Measured values', ['What', 'Value', 'Unit', 'Limit'], rows);
}

function valueCell(value: Measurement['value']): string {
  if (value === null) return '<td>not measured</td>';
  if (typeof value === 'string') return `<td>${escapeHtml(value)}</td>`;
  return `<td class="number" title="${value}">${escapeHtml(figure(value))}</td>`;
}

function table(caption: string, columns: readonly string[], rows: readonly string[]): string {
  const heads = columns
    .map((name) => `<th scope="col"${name === 'Value' ? ' class="number"' : ''}>${name}</th>`)
    .join('');
  return `<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`;
}
