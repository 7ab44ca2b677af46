/** An amount as people type it, «1 250,50», in minor units; null when it is none. */
export function readAmount(text: string): number | null {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (!/^\d{1,10}(\.\d{1,2})?$/.test(plain)) return null;
  return Math.round(Number(plain) * 100);
}

/** Minor units as they are typed: «1250» or «1250,50». */
export function showAmount(minor: number, russian: boolean): string {
  const text = minor % 100 === 0 ? String(minor / 100) : (minor / 100).toFixed(2);
  return russian ? text.replace('.', ',') : text;
}
