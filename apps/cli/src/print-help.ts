import type { Command } from 'commander';
import { createProgram } from './program.js';

// What `--help` prints for the program and each command, as JSON: docs/cli.md is written from it in one start of the program.
interface HelpPage {
  readonly name: string;
  readonly text: string;
}

function pagesOf(command: Command, parents: readonly string[]): HelpPage[] {
  const path = [...parents, command.name()];
  const page = { name: path.join(' '), text: command.helpInformation() };
  const isGroup = command.commands.length > 0 && parents.length > 0;
  return [...(isGroup ? [] : [page]), ...command.commands.flatMap((part) => pagesOf(part, path))];
}

const program = createProgram(() => undefined);
process.stdout.write(JSON.stringify(pagesOf(program, [])));
