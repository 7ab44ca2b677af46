import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FormList, FormRow } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Mark } from '../ui/mark.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import styles from './forms.module.css';
import { conversionOf } from './numbers.ts';
import { formsQuery } from './queries.ts';

/** Where guests get their card by themselves, and how many come of those who look. */
export function FormsPage() {
  const { t } = useTranslation('forms');
  const forms = useQuery(formsQuery);
  const add = (
    <Button component={Link} to="/forms/new" size="md">
      {t('list.add')}
    </Button>
  );
  const isEmpty = forms.data?.items.length === 0;
  return (
    <Page title={t('list.title')} lead={t('list.lead')} action={isEmpty ? undefined : add}>
      {forms.isPending && <SkeletonRows rows={4} />}
      {forms.isError && !forms.data && <Failed error={forms.error} onRetry={() => void forms.refetch()} />}
      {isEmpty && (
        <Empty title={t('list.emptyTitle')} text={t('list.emptyText')}>
          {add}
        </Empty>
      )}
      {forms.data && !isEmpty && <Table list={forms.data} />}
    </Page>
  );
}

function Table({ list }: { readonly list: FormList }) {
  const { t } = useTranslation('forms');
  return (
    <table className={`${table.table} ${styles.list}`}>
      <thead>
        <tr>
          <th scope="col">{t('list.form')}</th>
          <th scope="col" className={styles.wide}>
            {t('list.design')}
          </th>
          <th scope="col" className={`${table.right} ${styles.wide}`}>
            {t('numbers.visits')}
          </th>
          <th scope="col" className={table.right}>
            {t('numbers.registrations')}
          </th>
          <th scope="col" className={table.right}>
            {t('numbers.conversion')}
          </th>
        </tr>
      </thead>
      <tbody>
        {list.items.map((form) => (
          <Row key={form.formId} form={form} />
        ))}
      </tbody>
      <caption className="small quiet">{t('numbers.period', { count: list.days })}</caption>
    </table>
  );
}

function Row({ form }: { readonly form: FormRow }) {
  const { t } = useTranslation('forms');
  const format = useFormat();
  const { visits, registrations } = form.numbers;
  return (
    <tr>
      <td>
        <Link
          to="/forms/$formId"
          params={{ formId: form.formId }}
          search={{}}
          className={`${table.lead} ${table.cover}`}
        >
          {form.formId}
        </Link>
        <div className="small">
          {form.archivedAt !== null && <Mark tone="quiet">{t('list.archived')}</Mark>}
          {form.archivedAt === null && form.missing.length > 0 && <Mark tone="warning">{t('list.closed')}</Mark>}
        </div>
      </td>
      <td className={styles.wide}>{form.designName}</td>
      <td className={`${table.right} ${styles.wide}`}>{format.count(visits)}</td>
      <td className={table.right}>{format.count(registrations)}</td>
      <td className={table.right}>{conversionOf(form.numbers)}</td>
    </tr>
  );
}
