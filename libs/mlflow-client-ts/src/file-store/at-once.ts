/** What reads files synchronously, as a method whose failure is a rejection. */
export function atOnce<A extends unknown[], T>(read: (...args: A) => T): (...args: A) => Promise<T> {
  return (...args) =>
    new Promise((resolve) => {
      resolve(read(...args));
    });
}
