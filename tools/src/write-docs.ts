import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cliReference } from './cli-reference.js';
import { documentedCodes, errorTable } from './error-codes.js';

const root = join(import.meta.dirname, '../..');
writeFileSync(join(root, 'docs/errors.md'), errorTable(documentedCodes(root)));
writeFileSync(join(root, 'docs/cli.md'), cliReference(root));
