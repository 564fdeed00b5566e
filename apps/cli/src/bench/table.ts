/** A table as text cells: the first column names the row, the others hold figures. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Lines for a terminal: columns two blanks apart, figures to the right. */
export function plainTable({ head, rows }: TextTable): string[] {
  const widths = columnWidths({ head, rows }, 0);
  return [head, ...rows].map((cells) => paddedCells(cells, widths).join('  ').trimEnd());
}

/** Lines of Markdown, as Prettier writes them. */
export function markdownTable({ head, rows }: TextTable): string[] {
  const widths = columnWidths({ head, rows }, 3);
  const line = (cells: readonly string[]): string => `| ${paddedCells(cells, widths).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)];
}

function columnWidths({ head, rows }: TextTable, least: number): number[] {
  return head.map((_, column) => Math.max(least, ...[head, ...rows].map((cells) => (cells[column] ?? '').length)));
}

function paddedCells(cells: readonly string[], widths: readonly number[]): string[] {
  return widths.map((width, column) => {
    const cell = cells[column] ?? '';
    return column === 0 ? cell.padEnd(width) : cell.padStart(width);
  });
}
