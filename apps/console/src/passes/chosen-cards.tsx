import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { useErrorText } from '../ui/states.tsx';
import type { Filters } from './filter-names.ts';
import { FilterFields } from './filters.tsx';
import styles from './passes.module.css';
import { countQuery } from './queries.ts';

type ChosenCardsProps = {
  readonly filters: Filters;
  /** What is counted, where that is more than what is chosen here; its state is then no choice. */
  readonly counted?: Filters;
  readonly onChange: (filters: Filters) => void;
};

/** Which cards are meant, and how many that is before anything happens. */
export function ChosenCards({ filters, counted, onChange }: ChosenCardsProps) {
  const { t } = useTranslation('passes');
  return (
    <section className={styles.block}>
      <h2>{t('many.which')}</h2>
      {filters.search && (
        <p>
          {t('many.search', { search: filters.search })}{' '}
          <Link to="/passes" search={filters}>
            {t('many.change')}
          </Link>
        </p>
      )}
      <FilterFields filters={filters} onChange={onChange} without={counted ? ['state'] : []} />
      <Count filters={counted ?? filters} />
    </section>
  );
}

function Count({ filters }: { readonly filters: Filters }) {
  const { t } = useTranslation('passes');
  const textOf = useErrorText();
  const format = useFormat();
  const count = useQuery(countQuery(filters));
  if (count.isError) return <p role="alert">{textOf(count.error)}</p>;
  const shown = count.data ? t('many.fits', { number: format.count(count.data.count) }) : t('many.counting');
  return (
    <p role="status" className={styles.count}>
      {shown}
    </p>
  );
}
