import type { Lang } from '@tessera/look/format.ts';
import type { EntryStyle } from '../flow/amount-entry.ts';

export type Theme = 'auto' | 'light' | 'dark';

/** What this device remembers about how its cashier likes the till. `lang` null: nobody has chosen yet. */
export interface Preferences {
  readonly lang: Lang | null;
  readonly theme: Theme;
  readonly entry: EntryStyle;
  readonly sound: boolean;
}

const SLOT = 'tessera.till.preferences';
const untouched: Preferences = { lang: null, theme: 'auto', entry: 'comma', sound: true };

export function readPreferences(store: Pick<Storage, 'getItem'>): Preferences {
  try {
    const kept: unknown = JSON.parse(store.getItem(SLOT) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return untouched;
    const one = kept as Partial<Record<keyof Preferences, unknown>>;
    return {
      lang: one.lang === 'ru' || one.lang === 'en' ? one.lang : null,
      theme: one.theme === 'light' || one.theme === 'dark' ? one.theme : 'auto',
      entry: one.entry === 'terminal' ? 'terminal' : 'comma',
      sound: one.sound !== false,
    };
  } catch {
    return untouched;
  }
}

export function keepPreferences(store: Pick<Storage, 'setItem'>, preferences: Preferences): void {
  try {
    store.setItem(SLOT, JSON.stringify(preferences));
  } catch {
    // A device that keeps nothing asks again next time; no sale depends on it.
  }
}

/** The language nobody chose yet: the first of the browser's that we speak, else the company's. */
export function guessLanguage(company: Lang | undefined, browser: readonly string[]): Lang {
  for (const one of browser) {
    if (/^(ru|be|uk|kk|ky)\b/i.test(one)) return 'ru';
    if (/^en\b/i.test(one)) return 'en';
  }
  return company ?? 'en';
}
