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
