/** Values of one record, keys and pointers included; those of the largest real ones are some hundred. */
const MAX_VALUES = 2_000;
/** So many bytes of text cost as much as a value. */
const BYTES_PER_VALUE = 64;

const [EXTENDED, POINTER, MAP, ARRAY, BOOLEAN] = [0, 1, 7, 11, 14];
/** By the number of bytes behind the control byte, less one. */
const POINTER_BIAS = [0, 2_048, 526_336, 0];
/** By the size in the control byte, from 29: what is added to the number in the one, two or three bytes that follow. */
const SIZE_BIAS = [29, 285, 65_821];

/**
 * Goes through a record as the library would decode it, and throws if it has more to it than any real one: pointers to
 * lists of pointers make a file of some hundred bytes last for ever. `base` is where pointers are counted from.
 * https://maxmind.github.io/MaxMind-DB/
 */
export function checkRecord(bytes: Buffer, base: number, start: number): void {
  let left = MAX_VALUES;

  function spend(cost: number): void {
    left -= cost;
    if (left < 0) throw new Error('a record of it is larger than any real one');
  }

  /** Where the value at `at` ends. */
  function pass(at: number): number {
    spend(1);
    const control = bytes.readUInt8(at);
    const short = control >> 5;
    if (short === POINTER) return passPointer(control, at + 1);
    const type = short === EXTENDED ? bytes.readUInt8(at + 1) + 7 : short;
    const [size, inside] = sizeOf(control & 31, at + (short === EXTENDED ? 2 : 1));
    if (type === BOOLEAN) return inside;
    if (type === MAP || type === ARRAY) return passAll(type === MAP ? 2 * size : size, inside);
    spend(size / BYTES_PER_VALUE);
    return inside + size;
  }

  function passPointer(control: number, at: number): number {
    const length = ((control >> 3) & 3) + 1;
    const high = length === 4 ? 0 : (control & 7) * 256 ** length;
    pass(base + (POINTER_BIAS[length - 1] ?? 0) + high + bytes.readUIntBE(at, length));
    return at + length;
  }

  function passAll(count: number, start: number): number {
    let at = start;
    for (let passed = 0; passed < count; passed += 1) at = pass(at);
    return at;
  }

  function sizeOf(short: number, at: number): readonly [size: number, inside: number] {
    const length = short - 28;
    return length < 1 ? [short, at] : [(SIZE_BIAS[length - 1] ?? 0) + bytes.readUIntBE(at, length), at + length];
  }

  pass(start);
}
