import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Moment } from '../ui/moment.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import { answersQuery } from './queries.ts';

/** What guests answered to the company's own questions, the newest first. */
export function Answers({ formId }: { readonly formId: string }) {
  const { t } = useTranslation('forms');
  const answers = useInfiniteQuery(answersQuery(formId));
  if (answers.isPending) return <SkeletonRows rows={5} />;
  if (answers.isError && !answers.data) {
    return <Failed error={answers.error} onRetry={() => void answers.refetch()} />;
  }
  const items = answers.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Empty title={t('answers.emptyTitle')} text={t('answers.emptyText')} />;
  return (
    <>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('answers.guest')}</th>
            <th scope="col">{t('answers.answer')}</th>
            <th scope="col" className={table.right}>
              {t('answers.when')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={`${one.accountId} ${one.question} ${one.answeredAt}`}>
              <td>
                {one.accountId === null ? (
                  one.guest
                ) : (
                  <Link to="/accounts/$accountId" params={{ accountId: String(one.accountId) }} className={table.lead}>
                    {one.guest || t('answers.nameless')}
                  </Link>
                )}
              </td>
              <td>
                <div className="small quiet">{one.question === 'phone' ? t('answers.contact') : one.label}</div>
                {one.text}
              </td>
              <td className={table.right}>
                <Moment at={one.answeredAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {answers.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={answers.isFetchingNextPage}
          onClick={() => void answers.fetchNextPage()}
        >
          {t('answers.more')}
        </Button>
      )}
    </>
  );
}
