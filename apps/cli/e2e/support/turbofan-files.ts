/** Three settings and 21 sensors. */
const columns = 24;

/** The files of one C-MAPSS subset, small and made up: every engine counts down the same way. */
export function turbofanFiles(
  options: { readonly engines?: number; readonly cycles?: number; readonly value?: (column: number) => string } = {},
): Record<'train_FD001.txt' | 'test_FD001.txt' | 'RUL_FD001.txt', string> {
  const { engines = 4, cycles = 12, value } = options;
  const rows = Array.from({ length: engines * cycles }, (_, i) => {
    const cycle = (i % cycles) + 1;
    const values = Array.from({ length: columns }, (__, column) => value?.(column) ?? String(column + cycle / 10));
    return [Math.floor(i / cycles) + 1, cycle, ...values].join(' ');
  });
  const table = `${rows.join('\n')}\n`;
  const lives = Array.from({ length: engines }, (_, engine) => String(5 + engine)).join('\n');
  return { 'train_FD001.txt': table, 'test_FD001.txt': table, 'RUL_FD001.txt': `${lives}\n` };
}
