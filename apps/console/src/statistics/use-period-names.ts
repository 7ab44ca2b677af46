import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../app/language.ts';
import { serverClock } from '../app/server-clock.ts';
import type { Unit } from './period.ts';

/** How people call a day, a week or a month, by its first day: in full, and short for an axis. */
export function usePeriodNames(unit: Unit): { long: (start: string) => string; short: (start: string) => string } {
  const { t } = useTranslation('statistics');
  const locale = currentLanguage() === 'ru' ? 'ru-RU' : 'en-GB';
  return useMemo(() => {
    const by = (options: Intl.DateTimeFormatOptions) => {
      const names = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
      return (start: string) => names.format(Date.parse(`${start}T00:00:00Z`));
    };
    if (unit === 'month') {
      return { long: by({ month: 'long', year: 'numeric' }), short: by({ month: 'short', year: '2-digit' }) };
    }
    const ofThisYear = by({ day: 'numeric', month: 'long' });
    const ofAnother = by({ day: 'numeric', month: 'long', year: 'numeric' });
    const year = String(new Date(serverClock.now()).getUTCFullYear());
    const day = (start: string) => (start.startsWith(year) ? ofThisYear(start) : ofAnother(start));
    const long = unit === 'week' ? (start: string) => t('weekOf', { day: day(start) }) : day;
    return { long, short: by({ day: 'numeric', month: 'short' }) };
  }, [unit, locale, t]);
}
