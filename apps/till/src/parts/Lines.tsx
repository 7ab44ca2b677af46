import type { TillLine } from '@tessera/contract';
import { useRef, useState } from 'react';
import { type EntryStyle, fromMinor, fromPasted, toMinor } from '../flow/amount-entry.ts';
import { MOST_LINES, PIECE, priceOf, readQuantity, sayQuantity, sumOfLines } from '../flow/lines.ts';
import { useReading } from '../texts/reading.tsx';
import { Dialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';

interface LinesProps {
  readonly lines: readonly TillLine[];
  readonly entry: EntryStyle;
  readonly onChange: (lines: readonly TillLine[]) => void;
  readonly onClose: () => void;
}

/** What was bought, line by line: a few fields and a list, for checks on which goods matter. */
export function Lines({ lines, onChange, onClose }: LinesProps) {
  const { t, money, separators } = useReading();
  return (
    <Dialog label={t('lines.title')} onClose={onClose} className="lines-sheet">
      <h2 className="heading">{t('lines.title')}</h2>
      {lines.length === 0 ? (
        <p className="hint">{t('lines.hint')}</p>
      ) : (
        <ul className="lines">
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
            <li key={index}>
              <span className="line-name">
                {line.name === '' ? t('lines.unnamed', { count: index + 1 }) : line.name}
                <small className="hint">
                  {sayQuantity(line.quantityThousandths ?? PIECE, separators.decimal)}
                  {line.category === undefined ? '' : ` · ${line.category}`}
                </small>
              </span>
              <strong>{money(line.amount)}</strong>
              <button
                type="button"
                className="button button-plain button-icon"
                aria-label={t('lines.remove')}
                onClick={() => onChange(lines.filter((_line, at) => at !== index))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {lines.length < MOST_LINES ? <NewLine onAdd={(line) => onChange([...lines, line])} /> : null}
      <div className="row">
        {lines.length > 0 ? (
          <button type="button" className="button button-plain" onClick={() => onChange([])}>
            {t('lines.clear')}
          </button>
        ) : null}
        <button type="button" className="button button-main button-two" data-done onClick={onClose}>
          <span>{t('lines.done')}</span>
          <small>{money(sumOfLines(lines))}</small>
        </button>
      </div>
    </Dialog>
  );
}

function NewLine({ onAdd }: { readonly onAdd: (line: TillLine) => void }) {
  const { t, separators } = useReading();
  const [name, setName] = useState('');
  const [price, setPrice] = useState('');
  const [category, setCategory] = useState('');
  const [quantity, setQuantity] = useState('1');
  const first = useRef<HTMLInputElement>(null);
  const typed = fromPasted(price, 'comma');
  const each = typed === null ? 0 : toMinor(typed, 'comma');
  const thousandths = readQuantity(quantity);
  const ready = each > 0 && thousandths !== null;
  const change = (by: number) => {
    const next = (thousandths ?? PIECE) + by * PIECE;
    if (next > 0) setQuantity(sayQuantity(next, separators.decimal));
  };
  const add = () => {
    if (!ready || thousandths === null) return;
    const more = category.trim() === '' ? {} : { category: category.trim() };
    onAdd({ name: name.trim(), amount: priceOf(each, thousandths), quantityThousandths: thousandths, ...more });
    setName('');
    setPrice('');
    setQuantity('1');
    first.current?.focus();
  };
  return (
    <form
      className="new-line"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <label className="field line-wide">
        <span className="label">{t('lines.name')}</span>
        <input ref={first} value={name} maxLength={200} autoComplete="off" onChange={(e) => setName(e.target.value)} />
      </label>
      <label className="field">
        <span className="label">{t('lines.price')}</span>
        <input
          value={price}
          inputMode="decimal"
          autoComplete="off"
          maxLength={16}
          placeholder={fromMinor(0, 'comma') || '0'}
          onChange={(e) => setPrice(e.target.value)}
        />
      </label>
      <div className="field">
        <label className="label" htmlFor="line-quantity">
          {t('lines.quantity')}
        </label>
        <div className="stepper">
          <button type="button" aria-label={t('lines.less')} onClick={() => change(-1)}>
            <Icon name="minus" />
          </button>
          <input
            id="line-quantity"
            value={quantity}
            inputMode="decimal"
            autoComplete="off"
            maxLength={9}
            onChange={(e) => setQuantity(e.target.value)}
          />
          <button type="button" aria-label={t('lines.more')} onClick={() => change(1)}>
            <Icon name="plus" />
          </button>
        </div>
      </div>
      <label className="field line-wide">
        <span className="label">{t('lines.category')}</span>
        <input value={category} maxLength={200} autoComplete="off" onChange={(e) => setCategory(e.target.value)} />
      </label>
      <button type="submit" className="button button-plain line-wide" disabled={!ready}>
        <Icon name="plus" />
        {t('lines.add')}
      </button>
    </form>
  );
}
