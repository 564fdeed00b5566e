// Writes config/mlops_config.schema.json. From the repository's root:
//   npx tsx --conditions=@i-drill/source libs/config/scripts/write-schema.ts
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configJsonSchema } from '../src/index.js';

const path = join(import.meta.dirname, '../../../config/mlops_config.schema.json');
writeFileSync(path, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
