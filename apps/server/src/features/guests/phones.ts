import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * Reads a phone as people write it: «8 (912) 345-67-89», «+7 912 345-67-89», «9123456789».
 * @param country ISO 3166-1 alpha-2, for numbers without a country code
 * @returns E.164 digits without plus, or null when it is no valid number
 */
export function normalizePhone(text: string, country: string): string | null {
  if (text.length > 40) return null;
  const digits = text.replace(/\D/g, '');
  for (const candidate of [text, `+${digits}`]) {
    const parsed = parsePhoneNumberFromString(candidate, country as CountryCode);
    if (parsed?.isValid()) return parsed.number.slice(1);
  }
  return null;
}

/**
 * Reads many phones of one country, as `normalizePhone` does. Russian mobile numbers with the same first digits are all
 * valid or none is, so that a file of them asks the library once for each block.
 */
export function createPhoneReader(country: string): (text: string) => string | null {
  const blocks = new Map<string, boolean>();
  return (text) => {
    const mobile = country === 'RU' ? /^(?:\+?7|8)?(9\d{9})$/.exec(text.replace(/[\s()\-–.]/g, '')) : null;
    if (!mobile) return normalizePhone(text, country);
    const digits = `7${mobile[1]}`;
    const block = digits.slice(0, 7);
    const known = blocks.get(block);
    if (known !== undefined) return known ? digits : normalizePhone(text, country);
    const read = normalizePhone(text, country);
    blocks.set(block, read === digits);
    return read;
  };
}
