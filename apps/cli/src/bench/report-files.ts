import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../errors.js';
import { rulPage } from './rul-page.js';
import { isSameRecipe, reportFile, withSeeds, type RulReport } from './rul-report.js';

/** Writes reports beside the earlier ones of a folder, and its page anew from all of them. Nothing for no reports. */
export async function writeReports(folder: string, reports: readonly RulReport[]): Promise<void> {
  if (reports.length === 0) return;
  await mkdir(folder, { recursive: true });
  for (const report of reports) await writeFile(join(folder, reportFile(report)), reportJson(report));
  for (const { name, text } of rulPage(await readReports(folder))) await writeFile(join(folder, name), text);
}

/**
 * The reports with the seeds that a folder already holds of them: a benchmark of many hours is run in pieces.
 *
 * @throws CliError `CLI_WRONG_VALUE` where those were trained in another way
 */
export async function withFormerSeeds(folder: string, reports: readonly RulReport[]): Promise<RulReport[]> {
  await mkdir(folder, { recursive: true });
  const files = new Map((await readReports(folder)).map((former) => [reportFile(former), former]));
  return reports.map((report) => {
    const name = reportFile(report);
    const former = files.get(name);
    if (former === undefined) return report;
    if (isSameRecipe(former, report)) return withSeeds(former, report);
    const message = `Cannot add to "${join(folder, name)}": it was made by another recipe; leave out --add to replace it`;
    throw new CliError(message, { code: 'CLI_WRONG_VALUE', details: { file: name } });
  });
}

/** All reports of a folder, in the order of their names. */
export async function readReports(folder: string): Promise<RulReport[]> {
  const names = (await readdir(folder)).filter((name) => /^rul-FD\d+-[\w-]+\.json$/.test(name)).sort();
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as RulReport));
}

/** One engine per line: a changed answer is a changed line. */
function reportJson(report: RulReport): string {
  const { seeds, ...rest } = report;
  const answers = seeds.map(({ answers, ...seed }) => {
    const lines = answers.map((answer) => `      ${JSON.stringify(answer)}`).join(',\n');
    return `    ${JSON.stringify(seed).slice(0, -1)},"answers":[\n${lines}\n    ]}`;
  });
  return `${JSON.stringify(rest, null, 2).slice(0, -2)},\n  "seeds": [\n${answers.join(',\n')}\n  ]\n}\n`;
}
