/** Whether a text fits a pattern of LIKE: `%` is any text, `_` any one character. There is no escape, as in MLflow. */
export function likeMatcher(pattern: string): (text: string) => boolean {
  const source = pattern
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replace(/%+/g, '.*')
    .replaceAll('_', '.');
  const expression = new RegExp(`^${source}$`, 'su');
  return (text) => expression.test(text);
}

/** The same with ILIKE. Only ASCII letters lose their case, as in SQLite. */
export function ilikeMatcher(pattern: string): (text: string) => boolean {
  const matches = likeMatcher(toAsciiLowerCase(pattern));
  return (text) => matches(toAsciiLowerCase(text));
}

function toAsciiLowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
