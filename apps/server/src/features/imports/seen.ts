/**
 * Remembers which keys have come and with which number, in 12 bytes a key: a file of millions of lines is checked for
 * repetitions without holding it. Keys are hexadecimal hashes of 16 digits or more; the first 16 decide.
 */
export type Seen = {
  /** The number with which this key came first, or null when it is new and now has this number. */
  note(key: string, number: number): number | null;
  readonly size: number;
};

export function createSeen(initialSlots = 1 << 12): Seen {
  let slots = initialSlots;
  let high = new Uint32Array(slots);
  let low = new Uint32Array(slots);
  /** 0 is an empty slot: numbers are kept plus one. */
  let numbers = new Uint32Array(slots);
  let size = 0;

  const find = (first: number, second: number): number => {
    let slot = (first ^ second) & (slots - 1);
    while (numbers[slot] !== 0 && (high[slot] !== first || low[slot] !== second)) slot = (slot + 1) & (slots - 1);
    return slot;
  };
  const put = (first: number, second: number, kept: number): void => {
    const slot = find(first, second);
    high[slot] = first;
    low[slot] = second;
    numbers[slot] = kept;
  };
  const grow = (): void => {
    const before = { high, low, numbers };
    slots *= 2;
    high = new Uint32Array(slots);
    low = new Uint32Array(slots);
    numbers = new Uint32Array(slots);
    before.numbers.forEach((kept, slot) => {
      if (kept !== 0) put(before.high[slot]!, before.low[slot]!, kept);
    });
  };
  return {
    note(key, number) {
      const first = Number.parseInt(key.slice(0, 8), 16);
      const second = Number.parseInt(key.slice(8, 16), 16);
      const slot = find(first, second);
      const known = numbers[slot]!;
      if (known !== 0) return known - 1;
      put(first, second, number + 1);
      size += 1;
      if (size * 2 > slots) grow();
      return null;
    },
    get size() {
      return size;
    },
  };
}
