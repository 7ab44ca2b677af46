import { Link } from '@tanstack/react-router';
import type { PassRow } from '@tessera/contract';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RowAction, RowMenu, RowWay } from '../ui/row-menu.tsx';
import { useErrorText } from '../ui/states.tsx';
import { usePassStep, usePush } from './write.ts';

/** All that can be done with a card, beside its number. What cannot be taken back leads to the card's page and asks there. */
export function PassMenu({ row }: { readonly row: PassRow }) {
  const { t } = useTranslation('passes');
  const textOf = useErrorText();
  const [said, setSaid] = useState<{ text: string; bad: boolean }>();
  const forget = useCallback(() => setSaid(undefined), []);
  const step = usePassStep();
  const push = usePush();
  const params = { passId: String(row.passId) };
  const account = { accountId: String(row.accountId) };
  const refused = { onError: (error: unknown) => setSaid({ text: textOf(error), bad: true }) };
  const toggle = (): void => step.mutate({ passId: row.passId, step: row.voided ? 'restore' : 'void' }, refused);
  const wake = (): void =>
    push.mutate(row.passId, {
      ...refused,
      onSuccess: ({ devices, google }) =>
        setSaid({ text: devices > 0 || google ? t('push.done') : t('push.nobody'), bad: false }),
    });
  return (
    <RowMenu label={t('menu.of', { serial: row.serial })} said={said} onForget={forget}>
      <RowWay>
        <Link to="/passes/$passId" params={params}>
          {t('menu.open')}
        </Link>
      </RowWay>
      <RowWay>
        <Link to="/passes/$passId" params={params} hash="own">
          {t('menu.edit')}
        </Link>
      </RowWay>
      <RowAction text={t('menu.push')} onPress={wake} />
      <RowWay>
        <Link to="/campaigns/new" search={{ passId: String(row.passId) }}>
          {t('menu.campaign')}
        </Link>
      </RowWay>
      <RowWay>
        <a href={`/c/${row.guid}`} target="_blank" rel="noreferrer">
          {t('menu.page')}
        </a>
      </RowWay>
      <RowWay>
        <Link to="/passes/$passId" params={params} hash="links">
          {t('menu.link')}
        </Link>
      </RowWay>
      <RowWay>
        <Link to="/accounts/$accountId" params={account}>
          {t('menu.owner')}
        </Link>
      </RowWay>
      <RowWay>
        <Link to="/accounts/$accountId/checks" params={account}>
          {t('menu.sales')}
        </Link>
      </RowWay>
      <RowWay>
        <Link to="/passes/$passId" params={params} hash="end">
          {t('menu.move')}
        </Link>
      </RowWay>
      <RowAction text={row.voided ? t('menu.restore') : t('menu.void')} onPress={toggle} />
      <RowWay dangerous>
        <Link to="/passes/$passId" params={params} hash="end">
          {t('menu.delete')}
        </Link>
      </RowWay>
    </RowMenu>
  );
}
