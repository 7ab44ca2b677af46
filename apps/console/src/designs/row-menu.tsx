import { Link } from '@tanstack/react-router';
import type { DesignRow } from '@tessera/contract';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../ui/states.tsx';
import { CopyDialog, EditCardDialog, PushDialog, RemoveDialog } from './operations.tsx';
import { useDesignWrite } from './queries.ts';
import styles from './row-menu.module.css';

type RowMenuProps = { readonly design: DesignRow; readonly all: readonly DesignRow[] };
type Asked = 'card' | 'copy' | 'push' | 'remove';

/** Everything that can be done with a design, beside its name. */
export function RowMenu({ design, all }: RowMenuProps) {
  const { t } = useTranslation('designs');
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const textOf = useErrorText();
  const write = useDesignWrite();
  const { isError: refused, reset: forget } = write;
  useEffect(() => {
    if (!open && !refused) return;
    // On a phone the list may begin at the very bottom.
    box.current?.querySelector('ul')?.scrollIntoView({ block: 'nearest' });
    const close = (event: Event): void => {
      if (box.current?.contains(event.target as Node)) return;
      setOpen(false);
      forget();
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('focusin', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('focusin', close);
    };
  }, [open, refused, forget]);
  const ask = (what: Asked) => (): void => {
    // The focus comes back to the button once the question is answered.
    box.current?.querySelector('button')?.focus();
    setOpen(false);
    setAsked(what);
  };
  const archive = (): void => {
    // If it is refused, the focus stays beside what is said of it.
    box.current?.querySelector('button')?.focus();
    setOpen(false);
    const verb = design.archivedAt === null ? 'archive' : 'restore';
    write.mutate({ path: `/designs/${design.designId}/${verb}`, method: 'POST', body: {} });
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !(open || refused)) return;
    setOpen(false);
    forget();
    box.current?.querySelector('button')?.focus();
  };
  const close = (): void => setAsked(undefined);
  // The card's own page would refuse the others.
  const takesCards = design.archivedAt === null && design.credential !== null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the list from anywhere in it
    <div className={styles.box} data-open={open || refused} ref={box} onKeyDown={keys}>
      <button
        type="button"
        className={styles.button}
        aria-expanded={open}
        aria-label={t('menu.of', { name: design.name })}
        onClick={() => {
          forget();
          setOpen(!open);
        }}
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
          {takesCards && (
            <li>
              <Link to="/passes/new" search={{ designId: String(design.designId) }}>
                {t('menu.addCard')}
              </Link>
            </li>
          )}
          <Item text={t('menu.editCard')} onClick={ask('card')} />
          <Item text={t('menu.copy')} onClick={ask('copy')} />
          <Item text={t('menu.push')} onClick={ask('push')} />
          <Item text={design.archivedAt === null ? t('menu.archive') : t('menu.restore')} onClick={archive} />
          <Item text={t('menu.remove')} onClick={ask('remove')} bad />
        </ul>
      )}
      {refused && (
        <p role="alert" className={styles.refused}>
          {textOf(write.error)}
        </p>
      )}
      {asked === 'card' && <EditCardDialog design={design} onClose={close} />}
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
