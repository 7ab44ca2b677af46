import { Link } from '@tanstack/react-router';
import type { DesignRow } from '@tessera/contract';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyDialog, OpenCardDialog, PushDialog, RemoveDialog } from './operations.tsx';
import { useDesignWrite } from './queries.ts';
import styles from './row-menu.module.css';

type RowMenuProps = { readonly design: DesignRow; readonly all: readonly DesignRow[] };
type Asked = 'open' | 'copy' | 'push' | 'remove';

/** Everything that can be done with a design, beside its name. */
export function RowMenu({ design, all }: RowMenuProps) {
  const { t } = useTranslation('designs');
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const write = useDesignWrite();
  useEffect(() => {
    if (!open) return;
    // On a phone the list may begin at the very bottom.
    box.current?.querySelector('ul')?.scrollIntoView({ block: 'nearest' });
    const close = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('focusin', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('focusin', close);
    };
  }, [open]);
  const ask = (what: Asked) => (): void => {
    // The focus comes back to the button once the question is answered.
    box.current?.querySelector('button')?.focus();
    setOpen(false);
    setAsked(what);
  };
  const archive = (): void => {
    setOpen(false);
    const verb = design.archivedAt === null ? 'archive' : 'restore';
    write.mutate({ path: `/designs/${design.designId}/${verb}`, method: 'POST', body: {} });
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    setOpen(false);
    box.current?.querySelector('button')?.focus();
  };
  const close = (): void => setAsked(undefined);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the list from anywhere in it
    <div className={styles.box} data-open={open} ref={box} onKeyDown={keys}>
      <button
        type="button"
        className={styles.button}
        aria-expanded={open}
        aria-label={t('menu.of', { name: design.name })}
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {open && (
        <ul className={styles.list}>
          <li>
            <Link to="/designs/$designId" params={{ designId: String(design.designId) }}>
              {t('menu.edit')}
            </Link>
          </li>
          <Item text={t('menu.openCard')} onClick={ask('open')} />
          <Item text={t('menu.copy')} onClick={ask('copy')} />
          <Item text={t('menu.push')} onClick={ask('push')} />
          <Item text={design.archivedAt === null ? t('menu.archive') : t('menu.restore')} onClick={archive} />
          <Item text={t('menu.remove')} onClick={ask('remove')} bad />
        </ul>
      )}
      {asked === 'open' && <OpenCardDialog design={design} onClose={close} />}
      {asked === 'copy' && <CopyDialog design={design} onClose={close} />}
      {asked === 'push' && <PushDialog design={design} onClose={close} />}
      {asked === 'remove' && <RemoveDialog design={design} all={all} onClose={close} />}
    </div>
  );
}

type ItemProps = { readonly text: string; readonly onClick: () => void; readonly bad?: boolean };

const Item = ({ text, onClick, bad = false }: ItemProps) => (
  <li>
    <button type="button" className={bad ? styles.bad : undefined} onClick={onClick}>
      {text}
    </button>
  </li>
);
