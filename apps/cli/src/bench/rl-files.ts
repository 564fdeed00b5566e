import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { agentTypes } from '@i-drill/training/agents';
import { reportName, rlPage } from './rl-page.js';
import { rlEnvironments } from './rl-protocol.js';
import type { RlReport } from './rl-report.js';

/** Writes reports beside the others of a folder, and page and figures anew from all of them. */
export async function writeRlReports(folder: string, reports: readonly RlReport[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const report of reports) {
    await writeFile(join(folder, `${reportName(report)}.json`), `${JSON.stringify(report, null, 1)}\n`);
  }
  const names = rlEnvironments.flatMap((environment) => agentTypes.map((agent) => `rl-${environment}-${agent}.json`));
  const paths = names.map((name) => join(folder, name)).filter((path) => existsSync(path));
  const all = await Promise.all(paths.map(async (path) => JSON.parse(await readFile(path, 'utf8')) as RlReport));
  for (const { name, text } of rlPage(all)) await writeFile(join(folder, name), text);
}
