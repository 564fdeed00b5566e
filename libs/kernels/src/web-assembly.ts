/** A memory of WebAssembly. It may grow, and then its `buffer` is another one. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** What is used of the `WebAssembly` of Node and browsers, whose types a library without platform types has not. */
interface WasmApi {
  readonly Memory: new (pages: { readonly initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}

const platform = globalThis as unknown as {
  readonly WebAssembly: WasmApi;
  readonly atob: (base64: string) => string;
};

export const wasm: WasmApi = platform.WebAssembly;

/** The bytes of a base64 string. */
export function fromBase64(base64: string): Uint8Array {
  return Uint8Array.from(platform.atob(base64), (character) => character.charCodeAt(0));
}
