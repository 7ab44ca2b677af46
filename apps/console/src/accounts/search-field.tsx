import { ActionIcon, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icon.tsx';
import styles from './search-field.module.css';

const QUIET_MS = 250;

/** The search: what is typed goes into the address after a short pause, and the address (Back, a sent link) into the field. */
export function SearchField({ search }: { readonly search: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search);
  const [told, setTold] = useState(search);
  if (search !== told) {
    setTold(search);
    if (typed.trim() !== search) setTyped(search);
  }
  useEffect(() => {
    const words = typed.trim();
    if (words === told) return;
    const timer = setTimeout(() => {
      void navigate({
        to: '/accounts',
        search: words === '' ? {} : { search: words },
        replace: true,
        resetScroll: true,
      });
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [typed, told, navigate]);
  const clear = (
    <ActionIcon variant="subtle" aria-label={t('accounts.clear')} onClick={() => setTyped('')}>
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
        aria-label={t('accounts.search')}
        placeholder={t('accounts.search')}
        leftSection={<Icon name="search" />}
        rightSection={typed === '' ? undefined : clear}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </search>
  );
}
