import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ropPage } from './rop-page.js';
import { ropDatasets } from './rop-protocol.js';
import type { RopReport } from './rop-report.js';

/** Writes a report beside the other one of a folder, and the page anew from both. */
export async function writeRopReport(folder: string, report: RopReport): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `rop-${report.dataset}.json`), `${JSON.stringify(report, null, 2)}\n`);
  const reports = await Promise.all(ropDatasets.map((dataset) => readReport(join(folder, `rop-${dataset}.json`))));
  await writeFile(join(folder, 'rop.md'), ropPage(reports.filter((one) => one !== undefined)));
}

async function readReport(path: string): Promise<RopReport | undefined> {
  if (!existsSync(path)) return undefined; // the other data set has not been run
  return JSON.parse(await readFile(path, 'utf8')) as RopReport;
}
