import { type ReactNode, useEffect, useRef } from 'react';
import { useReading } from '../texts/reading.tsx';
import { Icon } from './Icon.tsx';

/** A sheet over the page: from below on a phone, in the middle on a desk. Escape and the backdrop close it. */
export function Dialog(props: {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the dialog itself answers Escape, this is the same for a pointer
    <dialog
      ref={element}
      className={`sheet ${props.className ?? ''}`}
      aria-label={props.label}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onClick={(event) => {
        if (event.target === element.current) props.onClose();
      }}
    >
      <div className="sheet-body">{props.children}</div>
    </dialog>
  );
}

/** The head of a sheet: what it is about, and the key that closes it. */
export function SheetHead({ onClose, children }: { readonly onClose: () => void; readonly children: ReactNode }) {
  const { t } = useReading();
  return (
    <div className="menu-head">
      {children}
      <button type="button" className="button button-plain button-icon" aria-label={t('app.close')} onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  );
}
