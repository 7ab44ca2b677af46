import { ActionIcon, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Icon } from './icon.tsx';
import styles from './search-field.module.css';

const QUIET_MS = 250;

export type SearchFieldProps = {
  /** What the address says. */
  readonly search: string;
  readonly label: string;
  /** What the button that empties the field is called. */
  readonly clear: string;
  /** Told the words, trimmed, after a short pause. */
  readonly onSearch: (words: string) => void;
};

/** A search: what is typed goes into the address after a short pause, and the address (Back, a sent link) into the field. */
export function SearchField({ search, label, clear, onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(search);
  const [told, setTold] = useState(search);
  if (search !== told) {
    setTold(search);
    if (typed.trim() !== search) setTyped(search);
  }
  useEffect(() => {
    const words = typed.trim();
    if (words === told) return;
    const timer = setTimeout(() => onSearch(words), QUIET_MS);
    return () => clearTimeout(timer);
  }, [typed, told, onSearch]);
  const empty = (
    <ActionIcon variant="subtle" aria-label={clear} onClick={() => setTyped('')}>
      <Icon name="close" size={18} />
    </ActionIcon>
  );
  return (
    <search className={styles.search}>
      <TextInput
        type="text"
        size="md"
        name="search"
        autoComplete="off"
        enterKeyHint="search"
        maxLength={100}
        aria-label={label}
        placeholder={label}
        leftSection={<Icon name="search" />}
        rightSection={typed === '' ? undefined : empty}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </search>
  );
}
