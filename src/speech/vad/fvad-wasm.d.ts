declare module "@echogarden/fvad-wasm" {
  /** libfvad compiled by Emscripten; addresses are offsets into `HEAP16`'s buffer, in bytes. */
  type Fvad = {
    readonly HEAP16: Int16Array;
    _malloc(bytes: number): number;
    _free(address: number): void;
    _fvad_new(): number;
    _fvad_free(handle: number): void;
    _fvad_reset(handle: number): void;
    /** 0 takes the most for speech, 3 the least. */
    _fvad_set_mode(handle: number, mode: number): number;
    _fvad_set_sample_rate(handle: number, hertz: number): number;
    /** 1: speech, 0: none, -1: the length is not 10, 20 or 30 ms. */
    _fvad_process(handle: number, address: number, samples: number): number;
  };
  export default function load(): Promise<Fvad>;
}
