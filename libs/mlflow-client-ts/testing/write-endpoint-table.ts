import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpointTable } from './endpoint-table.js';

writeFileSync(join(import.meta.dirname, '../../../docs/mlflow-endpoints.md'), endpointTable());
