/**
 * Groups the digits of a phone while it is typed. It only ever adds spaces and hyphens, never swallows a digit, and leaves
 * everything alone that does not look like a number with the company's dial code.
 */
export function maskWhileTyping(text: string, dialCode: string): string {
  const code = dialCode.replace(/\D/g, '');
  const digits = internationalDigits(text, code);
  if (digits === undefined || code !== '7') return text;
  const local = digits.slice(1);
  const parts = [local.slice(0, 3), local.slice(3, 6), local.slice(6, 8), local.slice(8, 10)].filter(
    (part) => part !== '',
  );
  const [area, ...rest] = parts;
  if (area === undefined) return text;
  return `+7 ${area}${rest.length > 0 ? ` ${rest.join('-')}` : ''}`;
}

/** The digits with country code, or undefined when the text is something else (another country, letters, too many digits). */
function internationalDigits(text: string, code: string): string | undefined {
  if (/[^\d\s()+-]/.test(text)) return undefined;
  const digits = text.replace(/\D/g, '');
  if (text.trim().startsWith('+')) return digits.startsWith(code) && digits.length <= 11 ? digits : undefined;
  if (code !== '7' || digits === '') return undefined;
  // People in Russia and Kazakhstan write 8 where the world writes +7; ten digits from 9 or 7 are a number without any code.
  if (digits.startsWith('8')) return digits.length <= 11 ? `7${digits.slice(1)}` : undefined;
  if (digits.startsWith('7') && digits.length === 11) return digits;
  if (digits.startsWith('9') && digits.length <= 10) return `7${digits}`;
  return undefined;
}

/** Enough digits to be a phone at all; the server has the last word. */
export function looksLikePhone(text: string): boolean {
  const count = text.replace(/\D/g, '').length;
  return count >= 10 && count <= 15;
}
