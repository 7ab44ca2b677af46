import type { NewCredential } from '@tessera/contract';
import { useState } from 'react';

const STORED = 'tessera.new-certificate';
const EMPTY: NewCredential = { name: '', passTypeIdentifier: '', teamIdentifier: '' };

function read(): NewCredential {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? '{}');
    const known = stored as Partial<Record<keyof NewCredential, unknown>>;
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    return {
      name: text(known.name),
      passTypeIdentifier: text(known.passTypeIdentifier),
      teamIdentifier: text(known.teamIdentifier),
    };
  } catch {
    return EMPTY;
  }
}

function write(value: NewCredential | undefined): void {
  try {
    if (value) sessionStorage.setItem(STORED, JSON.stringify(value));
    else sessionStorage.removeItem(STORED);
  } catch {
    // Forbidden storage: the draft lives as long as the page.
  }
}

/** What has been typed into the form: it survives a look at Apple's pages and back. Nothing in it is secret. */
export function useDraft() {
  const [value, setValue] = useState(read);
  const change = (name: keyof NewCredential, text: string): void => {
    const next = { ...value, [name]: text };
    setValue(next);
    write(next);
  };
  return { value, change, forget: () => write(undefined) };
}
