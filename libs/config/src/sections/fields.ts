import * as z from 'zod';

/** A mapping whose keys are all known; left out, it takes the defaults of its keys. */
export function section<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  description: string,
): z.ZodPrefault<z.ZodObject<Shape, z.core.$strict>> {
  const mapping = z.strictObject(shape);
  // Every key of a section has a default or is optional, so the empty mapping is a valid input of it.
  return mapping.prefault({} as never).describe(description);
}

/** A number in [0, 1]. */
export function share(value: number, description: string): z.ZodDefault<z.ZodNumber> {
  return z.number().min(0).max(1).default(value).describe(description);
}

/** A number in [0, 1). */
export function shareBelowOne(value: number, description: string): z.ZodDefault<z.ZodNumber> {
  return z.number().min(0).lt(1).default(value).describe(description);
}

/** A whole number of things, at least `minimum`. */
export function count(value: number, description: string, minimum = 1): z.ZodDefault<z.ZodInt> {
  return z.int().min(minimum).default(value).describe(description);
}

/** Seed of a random number generator. */
export function seed(value: number, description: string): z.ZodDefault<z.ZodInt> {
  return z.int().min(0).max(4_294_967_295).default(value).describe(description);
}

/** A number above zero. */
export function positive(value: number, description: string): z.ZodDefault<z.ZodNumber> {
  return z.number().positive().default(value).describe(description);
}

/** A number that is zero or more. */
export function nonNegative(value: number, description: string): z.ZodDefault<z.ZodNumber> {
  return z.number().min(0).default(value).describe(description);
}

/** On or off. */
export function enabled(description: string): z.ZodDefault<z.ZodBoolean> {
  return z.boolean().default(true).describe(description);
}

/** Text that is not empty. */
export function text(value: string, description: string): z.ZodDefault<z.ZodString> {
  return z.string().min(1).default(value).describe(description);
}
