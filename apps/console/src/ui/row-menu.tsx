import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import styles from './row-menu.module.css';

type RowMenuProps = {
  /** Whose menu it is: «Actions with card 12». */
  readonly label: string;
  /** Items: `<li>` with a link or a button each. A press on one closes the list and gives the focus back to the button. */
  readonly children: ReactNode;
  /** What came of the last action: hangs where the list was, until something else is pressed. */
  readonly said?: { readonly text: string; readonly bad: boolean } | undefined;
  readonly onForget: () => void;
};

/** What can be done with a row of a list, behind three dots beside its name. */
export function RowMenu({ label, children, said, onForget }: RowMenuProps) {
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const shown = open || said !== undefined;
  useEffect(() => {
    if (!shown) return;
    // On a phone the list may begin at the very bottom.
    box.current?.querySelector('ul')?.scrollIntoView({ block: 'nearest' });
    const leave = (event: Event): void => {
      if (box.current?.contains(event.target as Node)) return;
      setOpen(false);
      onForget();
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [shown, onForget]);
  const close = (): void => {
    setOpen(false);
    box.current?.querySelector('button')?.focus();
  };
  const pressed = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest('a, button')) close();
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !shown) return;
    onForget();
    close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the list from anywhere in it
    <div className={styles.box} data-open={shown} ref={box} onKeyDown={keys}>
      <button
        type="button"
        className={styles.button}
        aria-expanded={open}
        aria-label={label}
        onClick={() => {
          onForget();
          setOpen(!open);
        }}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {open && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: a key on an item is a press on it
        <ul className={styles.list} onClick={pressed}>
          {children}
        </ul>
      )}
      {said && (
        <p role={said.bad ? 'alert' : 'status'} className={said.bad ? styles.bad : styles.said}>
          {said.text}
        </p>
      )}
    </div>
  );
}

type RowActionProps = { readonly text: string; readonly onPress: () => void; readonly dangerous?: boolean };

/** Something that the menu does where it stands. */
export const RowAction = ({ text, onPress, dangerous = false }: RowActionProps) => (
  <li data-dangerous={dangerous}>
    <button type="button" onClick={onPress}>
      {text}
    </button>
  </li>
);

/** A way to another page; `children` is its link. */
export const RowWay = ({
  children,
  dangerous = false,
}: {
  readonly children: ReactNode;
  readonly dangerous?: boolean;
}) => <li data-dangerous={dangerous}>{children}</li>;
