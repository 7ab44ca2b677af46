import { Link } from '@tanstack/react-router';
import type { PassRow } from '@tessera/contract';
import { type FocusEvent, type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../ui/states.tsx';
import styles from './passes.module.css';
import { usePassStep, usePush } from './write.ts';

/** All that can be done with a card, beside its number. What cannot be taken back leads to the card's page and asks there. */
export function RowMenu({ row }: { readonly row: PassRow }) {
  const { t } = useTranslation('passes');
  const textOf = useErrorText();
  const place = useRef<HTMLDetailsElement>(null);
  const [told, setTold] = useState('');
  const step = usePassStep();
  const push = usePush();
  const params = { passId: String(row.passId) };
  const close = (): void => place.current?.removeAttribute('open');
  const leave = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) close();
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    close();
    place.current?.querySelector('summary')?.focus();
  };
  const closeByLink = (event: MouseEvent): void => {
    if (event.target instanceof HTMLAnchorElement) close();
  };
  const said = { onError: (error: unknown) => setTold(textOf(error)) };
  const toggle = (): void => {
    close();
    step.mutate({ passId: row.passId, step: row.voided ? 'restore' : 'void' }, said);
  };
  const wake = (): void => {
    close();
    push.mutate(row.passId, {
      ...said,
      onSuccess: ({ devices, google }) => setTold(devices > 0 || google ? t('push.done') : t('push.nobody')),
    });
  };
  return (
    <>
      <details ref={place} className={styles.menu} onBlur={leave} onClick={closeByLink} onKeyDown={keys}>
        <summary aria-label={t('menu.of', { serial: row.serial })}>
          <span aria-hidden="true">⋯</span>
        </summary>
        <div className={styles.menuItems}>
          <Link to="/passes/$passId" params={params}>
            {t('menu.open')}
          </Link>
          <Link to="/passes/$passId" params={params} hash="own">
            {t('menu.edit')}
          </Link>
          <button type="button" onClick={wake}>
            {t('menu.push')}
          </button>
          <a href={`/c/${row.guid}`} target="_blank" rel="noreferrer">
            {t('menu.page')}
          </a>
          <Link to="/passes/$passId" params={params} hash="links">
            {t('menu.link')}
          </Link>
          <Link to="/accounts/$accountId" params={{ accountId: String(row.accountId) }}>
            {t('menu.owner')}
          </Link>
          <Link to="/accounts/$accountId/checks" params={{ accountId: String(row.accountId) }}>
            {t('menu.sales')}
          </Link>
          <Link to="/passes/$passId" params={params} hash="end">
            {t('menu.move')}
          </Link>
          <button type="button" onClick={toggle}>
            {row.voided ? t('menu.restore') : t('menu.void')}
          </button>
          <Link to="/passes/$passId" params={params} hash="end" className={styles.dangerous}>
            {t('menu.delete')}
          </Link>
        </div>
      </details>
      {told !== '' && (
        <span role="status" className={styles.told}>
          {told}
        </span>
      )}
    </>
  );
}
