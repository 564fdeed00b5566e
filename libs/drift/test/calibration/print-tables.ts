// Prints the tables of the README: npx tsx --conditions=@i-drill/source libs/drift/test/calibration/print-tables.ts
import { familyTable, powerTable } from './table.js';

console.log(`${powerTable()}\n\n${familyTable()}`);
