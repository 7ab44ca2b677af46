import { ActionIcon, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../app/language.ts';
import { FilterBar } from '../ui/filter-bar.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './coalition.module.css';
import { isMonth, monthBeside } from './period.ts';
import type { Days } from './queries.ts';

/** Which days a statement is about: month by month, or any two dates. They stand in the address. */
export function PeriodBar({ days }: { readonly days: Days }) {
  const { t } = useTranslation('coalition');
  const navigate = useNavigate();
  const show = (next: Days): void => {
    if (next.from === '' || next.to === '' || next.from > next.to) return;
    void navigate({ to: '/coalition', search: (before: object) => ({ ...before, ...next }), replace: true });
  };
  return (
    <FilterBar name={t('period.name')}>
      <div className={styles.month}>
        <ActionIcon
          variant="subtle"
          size={44}
          color="gray"
          aria-label={t('period.earlier')}
          onClick={() => show(monthBeside(days, -1))}
        >
          <Icon name="back" />
        </ActionIcon>
        <span className={styles.monthName}>{isMonth(days) ? monthName(days.from) : t('period.own')}</span>
        <ActionIcon
          variant="subtle"
          size={44}
          color="gray"
          aria-label={t('period.later')}
          onClick={() => show(monthBeside(days, 1))}
        >
          <span style={{ display: 'flex', transform: 'scaleX(-1)' }}>
            <Icon name="back" />
          </span>
        </ActionIcon>
      </div>
      <TextInput
        className={styles.from}
        type="date"
        size="md"
        label={t('period.from')}
        value={days.from}
        max={days.to}
        onChange={(event) => show({ ...days, from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        size="md"
        label={t('period.to')}
        value={days.to}
        min={days.from}
        onChange={(event) => show({ ...days, to: event.currentTarget.value })}
      />
    </FilterBar>
  );
}

/** «Март 2026». */
function monthName(day: string): string {
  const locale = currentLanguage() === 'ru' ? 'ru-RU' : 'en-GB';
  const at = Date.parse(`${day}T00:00:00Z`);
  const month = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(at);
  return `${month.charAt(0).toUpperCase()}${month.slice(1)} ${day.slice(0, 4)}`;
}
