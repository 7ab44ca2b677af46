import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './campaigns.module.css';
import type { Picked } from './draft.ts';

type TwoListsProps = {
  readonly options: readonly Picked[];
  readonly picked: readonly Picked[];
  readonly most: number;
  readonly onChange: (picked: readonly Picked[]) => void;
  /** Over what can be added: a search. */
  readonly search?: ReactNode;
  /** Where nothing can be added: why. */
  readonly empty: string;
};

const NARROW = '(max-width: 719px)';

/** What is picked beside what could be: two lists and the way between them, on a phone one list with ticks. */
export function TwoLists(props: TwoListsProps) {
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  return isNarrow ? <OneList {...props} /> : <WideLists {...props} />;
}

const isIn = (items: readonly Picked[], { id }: Picked): boolean => items.some((one) => one.id === id);

function WideLists({ options, picked, most, onChange, search, empty }: TwoListsProps) {
  const { t } = useTranslation('campaigns');
  const [toAdd, setToAdd] = useState<readonly Picked[]>([]);
  const [toRemove, setToRemove] = useState<readonly Picked[]>([]);
  const free = options.filter((one) => !isIn(picked, one));
  // A search may have taken away what was ticked.
  const adding = toAdd.filter((one) => isIn(free, one)).slice(0, Math.max(0, most - picked.length));
  const removing = toRemove.filter((one) => isIn(picked, one));
  const add = (): void => {
    onChange([...picked, ...adding]);
    setToAdd([]);
  };
  const remove = (): void => {
    onChange(picked.filter((one) => !isIn(removing, one)));
    setToRemove([]);
  };
  return (
    <div className={styles.lists}>
      <List
        title={t('picker.free')}
        items={free}
        ticked={adding}
        onTick={setToAdd}
        over={search}
        empty={options.length > 0 ? t('picker.all') : empty}
      />
      <div className={styles.moves}>
        <Button variant="default" disabled={adding.length === 0} onClick={add}>
          {t('picker.add')} <span aria-hidden="true">&nbsp;&gt;</span>
        </Button>
        <Button variant="default" disabled={removing.length === 0} onClick={remove}>
          <span aria-hidden="true">&lt;&nbsp;</span> {t('picker.remove')}
        </Button>
      </div>
      <List
        title={t('picker.picked', { number: picked.length })}
        items={picked}
        ticked={removing}
        onTick={setToRemove}
        empty={t('picker.nothing')}
      />
    </div>
  );
}

/** A tick is the choice; what is picked and no longer found stands first. */
function OneList({ options, picked, most, onChange, search, empty }: TwoListsProps) {
  const { t } = useTranslation('campaigns');
  const items = [...picked.filter((one) => !isIn(options, one)), ...options];
  return (
    <List
      title={t('picker.picked', { number: picked.length })}
      items={items}
      ticked={picked}
      onTick={(next) => onChange(next.slice(0, most))}
      over={search}
      empty={empty}
    />
  );
}

type ListProps = {
  readonly title: string;
  readonly items: readonly Picked[];
  readonly ticked: readonly Picked[];
  readonly onTick: (ticked: readonly Picked[]) => void;
  readonly over?: ReactNode;
  readonly empty: string;
};

/** So many are drawn; a campaign that is repeated may name a thousand cards. */
const DRAWN_MAX = 100;

function List({ title, items, ticked, onTick, over, empty }: ListProps) {
  const { t } = useTranslation('campaigns');
  const heading = useId();
  const drawn = items.slice(0, DRAWN_MAX);
  const toggle = (item: Picked): void =>
    onTick(isIn(ticked, item) ? ticked.filter((one) => one.id !== item.id) : [...ticked, item]);
  return (
    <div className={styles.side}>
      <h3 className={styles.sideTitle} id={heading}>
        {title}
      </h3>
      {over}
      <ul className={styles.items} aria-labelledby={heading}>
        {drawn.map((item) => (
          <li key={item.id}>
            <label className={styles.item}>
              <input type="checkbox" checked={isIn(ticked, item)} onChange={() => toggle(item)} />
              <span>{item.name || t('picker.nameless', { number: item.id })}</span>
            </label>
          </li>
        ))}
        {items.length > drawn.length && (
          <li className={styles.hint}>{t('picker.more', { number: items.length - drawn.length })}</li>
        )}
        {items.length === 0 && <li className={styles.hint}>{empty}</li>}
      </ul>
    </div>
  );
}
