/**
 * A path of `routes` with every `{name}` replaced by its value, percent-encoded. `/` is encoded as well: a value is one segment.
 *
 * @throws RangeError when a value is missing
 */
export function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`Cannot fill "${template}": there is no value for "${name}"`);
    return encodeURIComponent(value);
  });
}
