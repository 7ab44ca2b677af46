import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { EntryStory as Story } from '@tessera/contract';
import { forGolosText } from '@tessera/look/format.ts';
import { useTranslation } from 'react-i18next';
import { entryStoryQuery } from '../api/queries.ts';
import { useFormat } from '../app/format.ts';
import { Moment } from '../ui/moment.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import styles from './entry-story.module.css';
import { amountIn } from './wallet-amount.ts';

/** What stands behind one line: sentences, the entries it came from, and the double entry for whoever checks sums. */
export function EntryStory({ sequence }: { readonly sequence: number }) {
  const { t } = useTranslation();
  const { accountId } = useParams({ from: '/rooms/accounts/$accountId' });
  const { data, isPending, error, refetch } = useQuery(entryStoryQuery(accountId, sequence));
  if (isPending) return <SkeletonRows height={28} />;
  if (!data) return <Failed error={error} onRetry={() => void refetch()} />;
  return (
    <div className={styles.story}>
      {data.details.length > 0 && (
        <ul className={styles.details}>
          {data.details.map((detail) => (
            <li key={detail}>{forGolosText(detail)}</li>
          ))}
        </ul>
      )}
      <Parents parents={data.parents} />
      {data.postings.length > 0 && <Postings postings={data.postings} wallet={data.wallet} />}
      <p className="quiet">{t('entries.rules', { rules: data.rulesId })}</p>
    </div>
  );
}

function Parents({ parents }: Pick<Story, 'parents'>) {
  const { t } = useTranslation();
  if (parents.length === 0) return null;
  return (
    <section>
      <h3 className={styles.title}>{t('entries.parents')}</h3>
      <ul className={styles.parents}>
        {parents.map((parent) => (
          <li key={parent.sequence}>
            <span className="quiet">
              <Moment at={parent.occurredAt} />
            </span>
            <span>{forGolosText(parent.text)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Postings({ postings, wallet }: Pick<Story, 'postings' | 'wallet'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const tell = amountIn(wallet, format);
  const amount = (minor: number): string => (minor === 0 ? '' : tell(minor));
  return (
    <section>
      <h3 className={styles.title}>{t('entries.postings')}</h3>
      <table className={styles.postings}>
        <thead>
          <tr>
            <th scope="col">{t('entries.ledger')}</th>
            <th scope="col">{t('entries.debit')}</th>
            <th scope="col">{t('entries.credit')}</th>
          </tr>
        </thead>
        <tbody>
          {postings.map(({ account, name, debit, credit }) => (
            <tr key={`${account} ${debit} ${credit}`}>
              <th scope="row">{name}</th>
              <td>{amount(debit)}</td>
              <td>{amount(credit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
