import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One row of a library's error table. */
export interface DocumentedCode {
  readonly code: string;
  readonly owner: string;
  readonly when: string;
  readonly whatToDo: string;
}

/** The error tables of every README in libraries and apps: rows that begin with a code in backticks. */
export function documentedCodes(root: string): DocumentedCode[] {
  return projects(root).flatMap(({ folder, name }) => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| `([A-Z]+_[A-Z0-9_]+)` +\| (.*?) +\| (.*?) +\|$/gm)];
    return rows.map(([, code = '', when = '', whatToDo = '']) => ({ code, owner: name, when, whatToDo }));
  });
}

/** Every code an `errors.ts` declares, with the library that declares it. */
export function declaredCodes(root: string): { code: string; owner: string }[] {
  return projects(root).flatMap(({ folder, name }) => {
    const file = join(folder, 'src/errors.ts');
    if (!existsSync(file)) return [];
    const codes = [...readFileSync(file, 'utf8').matchAll(/'([A-Z]+_[A-Z0-9_]+)'/g)].map((match) => match[1] ?? '');
    return [...new Set(codes)].map((code) => ({ code, owner: name }));
  });
}

function projects(root: string): { folder: string; name: string }[] {
  return ['libs', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => ({ folder: join(root, group, name), name })),
  );
}

/** `docs/errors.md`, from the READMEs. */
export function errorTable(codes: readonly DocumentedCode[]): string {
  const rows = codes
    .toSorted((a, b) => a.code.localeCompare(b.code) || a.owner.localeCompare(b.owner))
    .map(({ code, owner, when, whatToDo }) => `| \`${code}\` | ${owner} | ${when} | ${whatToDo} |`);
  return [
    '# Error codes',
    '',
    'Branch on the code, never on the message. Codes are never reused. Collected from the READMEs of the libraries by',
    '`npx tsx tools/src/write-docs.ts`; a test compares this page, the READMEs and the sources.',
    '',
    '| code | where | when | what to do |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
