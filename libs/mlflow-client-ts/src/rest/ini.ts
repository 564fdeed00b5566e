/**
 * The entries of one section as Python's `configparser` reads them: names in lower case, `=` or `:` between name and value, `#` and `;` before
 * comments, `%%` for `%`, and below them those of the section `DEFAULT`. Empty when there is no such section.
 */
export function parseIni(text: string, section: string): Readonly<Record<string, string>> {
  const sections = new Map<string, Record<string, string>>();
  let current: Record<string, string> = {};
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    const heading = /^\[(.+)\]/.exec(line)?.[1];
    if (heading !== undefined) {
      current = sections.get(heading) ?? {};
      sections.set(heading, current);
    }
    const separator = line.search(/[=:]/);
    if (heading !== undefined || separator < 1 || /^[#;]/.test(line)) continue;
    const value = line.slice(separator + 1).trim();
    current[line.slice(0, separator).trim().toLowerCase()] = value.replaceAll('%%', '%');
  }
  const found = sections.get(section);
  return found === undefined ? {} : { ...sections.get('DEFAULT'), ...found };
}
