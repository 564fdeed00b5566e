import { describe, expect, it } from 'vitest';
import { runTool, type Tool } from './run-tool.js';
import { SetupError } from './setup-error.js';

const node = (script: string): Tool => ({
  command: process.execPath,
  args: ['-e', script],
  ifMissing: 'install it',
  ifFailed: 'look at it',
});

function refusal(tool: Tool): SetupError {
  try {
    runTool(tool);
  } catch (error) {
    if (error instanceof SetupError) return error;
  }
  throw new Error('it was not refused');
}

describe('runTool()', () => {
  it('gives what the program printed', () => {
    expect(runTool(node('console.log(6 * 7)'))).toBe('42\n');
  });

  it('says which program is missing and how to install it', () => {
    const { message, advice } = refusal({ ...node(''), command: 'no-such-program' });
    expect([message, advice]).toEqual(['Cannot find "no-such-program"', 'install it']);
  });

  it('shows the end of what a failing program printed, and what to look at', () => {
    const { message, advice } = refusal(
      node('for (let i = 0; i < 200; i++) console.log(`line ${i}`); process.exit(3)'),
    );
    expect(message).toContain('ended with exit code 3');
    expect(message).toContain('line 140\n');
    expect(message).not.toContain('line 139\n');
    expect(advice).toBe('look at it');
  });

  it('names the signal that ended a program', () => {
    expect(refusal(node('process.kill(process.pid)')).message).toContain('ended with signal SIGTERM');
  });

  it('says why a program cannot be run', () => {
    expect(refusal({ ...node(''), command: import.meta.dirname }).message).toContain('EACCES');
  });
});
