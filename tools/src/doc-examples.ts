import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** One `@example` of a doc comment. */
export interface DocExample {
  /** File and line, for the test's title. */
  readonly where: string;
  readonly code: string;
}

/** The examples of every library, in file order. */
export function docExamples(root: string): DocExample[] {
  return readdirSync(join(root, 'libs')).flatMap((lib) => {
    const source = join(root, 'libs', lib, 'src');
    return readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => examplesOf(root, join(source, file)));
  });
}

/** Examples of the READMEs of libraries: TypeScript that promises a value. */
export function readmeExamples(root: string): DocExample[] {
  return readdirSync(join(root, 'libs')).flatMap((lib) => {
    const text = readFileSync(join(root, 'libs', lib, 'README.md'), 'utf8');
    const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].filter(([, code = '']) => code.includes('// =>'));
    return blocks.map((block) => ({
      where: `libs/${lib}/README.md:${text.slice(0, block.index).split('\n').length}`,
      code: block[1] ?? '',
    }));
  });
}

function examplesOf(root: string, file: string): DocExample[] {
  const text = readFileSync(file, 'utf8');
  const comments = [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)];
  return comments.flatMap((comment) => {
    const body = comment[0].replace(/^[ \t]*\*(?: |$)/gm, '').replace(/^[ \t]*\/\*\*|\*\/$/g, '');
    const blocks = [...body.matchAll(/@example[^\n]*\n\s*```ts\n([\s\S]*?)```/g)];
    const line = text.slice(0, comment.index).split('\n').length;
    return blocks.map(([, code]) => ({ where: `${relative(root, file)}:${line}`, code: code ?? '' }));
  });
}

/** The example with every `expression; // => value` turned into a check that the two are equal. */
export function asChecks(code: string): string {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2023, true);
  const pieces = file.statements.map((statement) => statementWithCheck(file, statement));
  return pieces.join('\n');
}

function statementWithCheck(file: ts.SourceFile, statement: ts.Statement): string {
  const text = statement.getText(file);
  const expected = expectedValue(file, statement);
  if (expected === undefined) return text;
  if (ts.isExpressionStatement(statement)) {
    return `expectSame(${statement.expression.getText(file)}, ${expected});`;
  }
  if (ts.isVariableStatement(statement)) {
    const names = statement.declarationList.declarations.map((declaration) => declaration.name.getText(file));
    return `${text}\nexpectSame(${names.join(', ')}, ${expected});`;
  }
  return text;
}

function expectedValue(file: ts.SourceFile, statement: ts.Statement): string | undefined {
  const comments = ts.getTrailingCommentRanges(file.text, statement.getEnd()) ?? [];
  const comment = comments.map(({ pos, end }) => file.text.slice(pos, end)).find((c) => c.startsWith('// =>'));
  return comment?.slice('// =>'.length).trim();
}
