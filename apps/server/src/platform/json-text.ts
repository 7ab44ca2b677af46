/**
 * Escapes in a JSON text, in this order: a pair of surrogates, half of one, NUL, any other. Bytes that are UTF-8 hold no
 * half of a character, so that only escapes can.
 */
const ESCAPES =
  /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(\\u[dD][89a-fA-F][\da-fA-F]{2})|(\\u0000)|\\./gs;
const SUSPECT = /\\u(?:[dD][89a-fA-F]|0000)/;

/**
 * Makes a JSON text one that PostgreSQL can keep and read again. Half of a character (a till cut an emoji in two) becomes
 * U+FFFD, as everywhere where text is written as UTF-8: a column of type json would take it and break every later read.
 * @returns null when it holds a NUL, which no text can keep
 */
export function storableJson(text: string): string | null {
  if (!SUSPECT.test(text)) return text;
  let storable = true;
  const mended = text.replace(ESCAPES, (whole, half: string | undefined, nul: string | undefined) => {
    if (nul) storable = false;
    return half ? '\\ufffd' : whole;
  });
  return storable ? mended : null;
}
