import { Link } from '@tanstack/react-router';
import type { DesignRow } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Moment } from '../ui/moment.tsx';
import table from '../ui/table.module.css';
import { WideTable } from '../ui/wide-table.tsx';
import { DesignMenu } from './design-menu.tsx';

type StatisticsProps = { readonly designs: readonly DesignRow[]; readonly all: readonly DesignRow[] };

/** Designs by what has become of their cards. */
export function StatisticsTable({ designs, all }: StatisticsProps) {
  const { t } = useTranslation('designs');
  const format = useFormat();
  return (
    <WideTable label={t('view.statistics')}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('column.name')}</th>
            <th scope="col" className={table.right}>
              {t('column.cards')}
            </th>
            <th scope="col" className={table.right}>
              {t('column.installed')}
            </th>
            <th scope="col" className={table.right}>
              {t('column.devices')}
            </th>
            <th scope="col">{t('column.push')}</th>
            <th scope="col">
              <span className="heard">{t('menu.title')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {designs.map((design) => {
            const { statistics } = design;
            return (
              <tr key={design.designId}>
                <td>
                  <Link to="/designs/$designId" params={{ designId: String(design.designId) }} className={table.lead}>
                    {design.name}
                  </Link>
                  <div className="small quiet">{design.programme}</div>
                </td>
                <td className={table.right}>
                  <Link to="/passes" search={{ designId: String(design.designId) }}>
                    {format.count(statistics?.cards ?? design.passes)}
                  </Link>
                </td>
                <td className={table.right}>{statistics ? format.count(statistics.installed) : '—'}</td>
                <td className={table.right}>{statistics ? format.count(statistics.activeDevices) : '—'}</td>
                <td>{statistics?.lastPushAt ? <Moment at={statistics.lastPushAt} /> : t('column.never')}</td>
                <td className={table.right}>
                  <DesignMenu design={design} all={all} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </WideTable>
  );
}
