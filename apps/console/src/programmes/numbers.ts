const SCALE = 100;

/** «1 234,50» as minor units; null for what is no amount. Spaces of any kind may stand in it. */
export function readMinor(text: string): number | null {
  const plain = text.replace(/[\s\u00A0\u202F]/g, '').replace(',', '.');
  if (!/^\d{1,10}(\.\d{0,2})?$/.test(plain)) return null;
  const [whole = '0', part = ''] = plain.split('.');
  return Number(whole) * SCALE + Number(part.padEnd(2, '0'));
}

/** Minor units as they are typed: «1234,5» or «1234.5». */
export function typedMinor(minor: number, language: 'ru' | 'en'): string {
  const text = (minor / SCALE).toFixed(minor % SCALE === 0 ? 0 : 2);
  return language === 'ru' ? text.replace('.', ',') : text;
}

/** A whole number; null for what is none. */
export function readCount(text: string): number | null {
  const plain = text.replace(/[\s\u00A0\u202F]/g, '');
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}

/** A local moment of the company («2026-12-01T00:00») as an instant; null for what is none. */
export function instantOfLocal(text: string, timeZone: string): string | null {
  const wanted = Date.parse(`${text}:00Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) || Number.isNaN(wanted)) return null;
  const offsetAt = (at: number): number => {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      dateStyle: 'short',
      timeStyle: 'medium',
      hourCycle: 'h23',
    });
    const [day = '', month = '', year = '', hour = '', minute = '', second = ''] = parts.format(at).split(/[/, :]+/);
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - at;
  };
  // The second look is for clocks that change between the guess and the moment.
  const first = wanted - offsetAt(wanted);
  return new Date(wanted - offsetAt(first)).toISOString();
}
