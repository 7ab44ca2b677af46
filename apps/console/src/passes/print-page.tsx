import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryString } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { currentLanguage } from '../app/language.ts';
import { Tick } from '../ui/forms/tick.tsx';
import { Page } from '../ui/page.tsx';
import { useErrorText } from '../ui/states.tsx';
import { ChosenCards } from './chosen-cards.tsx';
import type { Filters } from './filter-names.ts';
import styles from './passes.module.css';
import { countQuery, toFilter } from './queries.ts';
import { requestFile, saveFile } from './sheet-file.ts';

/** A file that a printer takes without choking; the server would give more. */
const CARDS_A_FILE = 200;

/** Cards on paper: which ones, how many files that makes, and one file after the other. */
export function PrintPage() {
  const { t } = useTranslation('passes');
  const navigate = useNavigate();
  const filters = useSearch({ from: '/rooms/passes/print' });
  // A card that has ended is on no sheet.
  const living: Filters = { ...filters, state: 'active' };
  return (
    <Page title={t('print.title')} lead={t('print.lead')} back={{ to: '/passes', label: t('title') }} narrow>
      <ChosenCards
        filters={filters}
        counted={living}
        onChange={(next) => void navigate({ to: '/passes/print', search: next, replace: true })}
      />
      <Sheets key={JSON.stringify(filters)} filters={living} />
    </Page>
  );
}

function Sheets({ filters }: { readonly filters: Filters }) {
  const { t } = useTranslation('passes');
  const textOf = useErrorText();
  const format = useFormat();
  const count = useQuery(countQuery(filters));
  const [backs, setBacks] = useState(false);
  const [done, setDone] = useState<{ files: number; next: string | null }>({ files: 0, next: null });
  const files = Math.ceil((count.data?.count ?? 0) / CARDS_A_FILE);
  const take = useMutation({
    mutationFn: () => {
      const how = { limit: CARDS_A_FILE, backs: backs ? 1 : 0, lang: currentLanguage() };
      const asked = { ...toFilter(filters), ...how, after: done.next ?? undefined };
      return requestFile(`/passes/print-sheet${queryString(asked)}`);
    },
    onSuccess: ({ file, next }) => {
      const number = done.next === null ? 1 : done.files + 1;
      saveFile(file, `cards-${number}.pdf`);
      setDone({ files: number, next });
    },
  });
  const next = done.next === null ? t('print.take') : t('print.takeNext', { number: done.files + 1 });
  return (
    <section className={styles.form}>
      <h2>{t('print.sheets')}</h2>
      {files > 0 && <p>{t('print.files', { count: files, number: format.count(files), most: CARDS_A_FILE })}</p>}
      <p className="quiet">{t('print.without')}</p>
      <Tick
        label={t('print.backs')}
        hint={t('print.backsHint')}
        checked={backs}
        onChange={(wanted) => {
          setBacks(wanted);
          setDone({ files: 0, next: null });
        }}
      />
      {take.isError && (
        <p role="alert" className={styles.notice}>
          {textOf(take.error)}
        </p>
      )}
      {done.files > 0 && !take.isError && (
        <p role="status" className={styles.notice}>
          {done.next === null ? t('print.all') : t('print.saved', { number: done.files })} {t('print.scale')}
        </p>
      )}
      <div>
        <Button size="md" disabled={files === 0} loading={take.isPending} onClick={() => take.mutate()}>
          {next}
        </Button>
      </div>
    </section>
  );
}
