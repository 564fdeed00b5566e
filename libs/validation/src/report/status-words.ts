import type { CheckResult, Status } from '@i-drill/core';

/** A sign beside the word. */
export const statusSigns: Readonly<Record<Status, string>> = {
  passed: '✓',
  failed: '✕',
  inconclusive: '?',
  error: '!',
};

/** What the status of a check does to the verdict. */
export function effectOf(check: CheckResult): 'none' | 'blocks' | 'warns' {
  if (check.status === 'passed') return 'none';
  return check.consequences[check.status] === 'block' ? 'blocks' : 'warns';
}

/** The verdict in one sentence. */
export function verdictSentence(status: Status): string {
  switch (status) {
    case 'passed':
      return 'Nothing stands against this version.';
    case 'failed':
      return 'This version does not meet what was asked of it.';
    case 'inconclusive':
      return 'It was measured, but the measurements cannot tell. That is not a pass.';
    case 'error':
      return 'Something could not be measured. That is not a pass.';
  }
}
