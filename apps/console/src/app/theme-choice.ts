import { useSyncExternalStore } from 'react';

/** `auto` follows the system. */
export type ThemeChoice = 'auto' | 'light' | 'dark';
export const themeChoices: readonly ThemeChoice[] = ['auto', 'light', 'dark'];

const STORED = 'tessera.theme';
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let choice: ThemeChoice = readStored();

function readStored(): ThemeChoice {
  try {
    return themeChoices.find((known) => known === localStorage.getItem(STORED)) ?? 'auto';
  } catch {
    return 'auto';
  }
}

function shownScheme(): 'light' | 'dark' {
  if (choice !== 'auto') return choice;
  return systemDark.matches ? 'dark' : 'light';
}

function announce(): void {
  const scheme = shownScheme();
  document.documentElement.dataset.theme = scheme;
  document.documentElement.dataset.mantineColorScheme = scheme;
  for (const listener of listeners) listener();
}

/** Puts the stored choice on the page before anything is drawn, and follows the system from then on. */
export function showStoredTheme(): void {
  systemDark.addEventListener('change', announce);
  announce();
}

/** Changes the theme and keeps the choice in this browser. */
export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // Forbidden storage: the choice lasts until the page closes.
  }
  announce();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The reader's choice and what it gives now. */
export function useTheme(): { choice: ThemeChoice; scheme: 'light' | 'dark' } {
  const shown = useSyncExternalStore(subscribe, shownScheme);
  const chosen = useSyncExternalStore(subscribe, () => choice);
  return { choice: chosen, scheme: shown };
}
