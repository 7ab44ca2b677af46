import { NativeSelect } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { CardStatistics } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import table from '../ui/table.module.css';
import { WideTable } from '../ui/wide-table.tsx';
import { Cells, Headings } from './periods-table.tsx';
import styles from './statistics.module.css';

const ways = ['design', 'platform', 'source'] as const;

/** The period's figures by design, wallet or source; a name narrows the whole page to it. */
export function GroupsTable({ statistics }: { readonly statistics: CardStatistics }) {
  const { t } = useTranslation('statistics');
  const navigate = useNavigate();
  const search = useSearch({ from: '/rooms/statistics/' });
  const { by, groups } = statistics;
  return (
    <section>
      <div className={styles.head}>
        <h2>{t('split')}</h2>
        <NativeSelect
          aria-label={t('split')}
          value={by}
          onChange={(event) => {
            const next = ways.find((way) => way === event.currentTarget.value);
            void navigate({ to: '/statistics', search: { ...search, by: next }, replace: true });
          }}
          data={ways.map((value) => ({ value, label: t(`by.${value}`) }))}
        />
      </div>
      {groups.length === 0 ? (
        <p className={styles.quiet}>{t('nothing')}</p>
      ) : (
        <WideTable label={t(`by.${by}`)}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t(`by.${by}`)}</th>
                <Headings />
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <tr key={group.key}>
                  <td>
                    <GroupName by={by} group={group} />
                  </td>
                  <Cells counts={group.counts} />
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
    </section>
  );
}

type GroupNameProps = { readonly by: CardStatistics['by']; readonly group: CardStatistics['groups'][number] };

function GroupName({ by, group: { key, name } }: GroupNameProps) {
  const { t } = useTranslation('statistics');
  const search = useSearch({ from: '/rooms/statistics/' });
  if (key === '' || key === '0') return <span className={styles.quiet}>{t(`unknown.${by}`)}</span>;
  const label = by === 'design' ? name : by === 'platform' ? t(`platforms.${key}`, key) : <Source text={key} />;
  const field = by === 'design' ? 'designId' : by;
  return (
    <Link to="/statistics" search={{ ...search, [field]: key }} className={table.lead}>
      {label || t('unknown.design')}
    </Link>
  );
}

/** `form:welcome:instagram` as people say it. */
function Source({ text }: { readonly text: string }) {
  const { t } = useTranslation('statistics');
  const [kind, form, tag] = text.split(':');
  if (kind !== 'form' || !form) return t(`sources.${text}`, text);
  if (!tag) return t('sources.form', { form });
  return t('sources.tagged', { form, tag: tag === 'friend' ? t('sources.friend') : tag });
}
