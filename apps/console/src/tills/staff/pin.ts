const DIGITS = 4;

/** Whether a PIN can be sent: four to eight digits. Which ones are too easy the server says. */
export const isPin = (text: string): boolean => /^\d{4,8}$/.test(text);

/** A PIN that is none of the easy ones: four different digits that do not go up or down one by one. */
export function suggestPin(random: (below: number) => number): string {
  for (;;) {
    const digits = Array.from({ length: DIGITS }, () => random(10));
    const steps = digits.slice(1).map((digit, at) => digit - digits[at]!);
    const even = steps.every((step) => step === steps[0]);
    if (new Set(digits).size === DIGITS && !even) return digits.join('');
  }
}

/** Numbers that nobody guesses: bytes that would make some digits likelier are thrown away. */
export function secureRandom(below: number): number {
  const fair = 256 - (256 % below);
  for (;;) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < fair) return byte % below;
  }
}
