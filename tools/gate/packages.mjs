// Every package as npm would publish it: publint --strict on the built files.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

let problems = 0;
for (const folder of ['libs', 'apps']) {
  for (const name of readdirSync(folder)) {
    const { messages, pkg } = await publint({ pkgDir: join(folder, name), strict: true });
    for (const message of messages) console.log(`${pkg.name}: ${formatMessage(message, pkg)}`);
    problems += messages.length;
  }
}
console.log(problems === 0 ? 'every package is publishable as it is' : `${problems} problems`);
process.exit(problems === 0 ? 0 : 1);
