import { type EntryStyle, fromMinor, groupTyped, toMinor } from '../flow/amount-entry.ts';
import { overspends, type Sale, type SpendChoice, spendMax, spendWanted } from '../flow/flow.ts';
import type { Till } from '../flow/use-till.ts';
import { Icon } from '../parts/Icon.tsx';
import { useReading } from '../texts/reading.tsx';

interface FieldProps {
  readonly sale: Sale;
  readonly entry: EntryStyle;
  readonly till: Till;
}

const CURRENCY_FIRST = 'en';

/** The sum in large figures; while points are being chosen it is a line that leads back to it. */
export function AmountField({ sale, entry, till, onLines }: FieldProps & { readonly onLines: () => void }) {
  const { t, lang, money, separators, currency } = useReading();
  if (sale.field === 'spend') {
    return (
      <button
        type="button"
        className="amount-line"
        aria-label={t('sale.editAmount')}
        onClick={() => till.dispatch({ type: 'field', field: 'amount' })}
      >
        <span className="label">{t('sale.amount')}</span>
        <strong>{money(toMinor(sale.amount, entry))}</strong>
      </button>
    );
  }
  const typed = groupTyped(sale.amount, entry, separators);
  const sign = currencySign(money(0));
  return (
    <div className="display" data-empty={sale.amount === '' ? '' : undefined}>
      <button type="button" className="by-lines" data-lines onClick={onLines}>
        <Icon name="list" size={20} />
        {sale.lines.length === 0 ? t('lines.open') : t('lines.count', { count: sale.lines.length })}
      </button>
      <output
        className={typed.length > 11 ? 'figure figure-long' : 'figure'}
        aria-label={`${t('sale.amount')} ${typed} ${currency}`}
      >
        {lang === CURRENCY_FIRST ? <span className="sign-of-money">{sign}</span> : null}
        <span className="typed">{typed}</span>
        {sale.lines.length > 0 ? null : <span className="caret" aria-hidden="true" />}
        {lang === CURRENCY_FIRST ? null : <span className="sign-of-money">{sign}</span>}
      </output>
    </div>
  );
}

/** The currency's sign as the formatter writes it. */
const currencySign = (zero: string) => zero.replace(/[\d\s\u202f\u00a0]/g, '');

/** How many points to spend: all, none, by the slider, or a number typed on the keypad. */
export function SpendField({ sale, entry, till, onType }: FieldProps & { readonly onType: () => void }) {
  const { t, points, separators } = useReading();
  const max = spendMax(sale, entry) ?? 0;
  const wanted = spendWanted(sale, entry);
  const tooMuch = overspends(sale, entry);
  const choose = (spend: SpendChoice) => till.dispatch({ type: 'spend', spend });
  const typed = sale.spend.kind === 'own' ? sale.spend.text : fromMinor(wanted, entry);
  return (
    <div className="spend">
      <div className="display" data-empty={typed === '' ? '' : undefined} data-bad={tooMuch ? '' : undefined}>
        <span className="label">{t('sale.spendTitle')}</span>
        <output className="figure">
          <span className="typed">{groupTyped(typed, entry, separators)}</span>
          <span className="caret" aria-hidden="true" />
        </output>
        <span className="limit">{t('sale.spendUpTo', { points: points(max) })}</span>
      </div>
      {tooMuch ? (
        <p className="field-error" role="alert">
          {t('sale.spendTooMuch', { points: points(max) })}
        </p>
      ) : (
        <Slider max={max} value={Math.min(wanted, max)} onChange={(value) => choose(sliderChoice(value, max, entry))} />
      )}
      <div className="row spend-ways">
        <button
          type="button"
          className="button button-plain"
          aria-pressed={sale.spend.kind === 'none'}
          onClick={() => choose({ kind: 'none' })}
        >
          {t('sale.spendNone')}
        </button>
        <button
          type="button"
          className="button button-plain"
          aria-pressed={sale.spend.kind === 'all'}
          disabled={max === 0}
          onClick={() => choose({ kind: 'all' })}
        >
          {t('sale.spendAll')}
        </button>
        <button type="button" className="button button-plain only-low" onClick={onType}>
          {t('sale.spendOwn')}
        </button>
      </div>
    </div>
  );
}

const WHOLE_POINT = 100;

/** Moves by whole points; its right end is the limit, kopecks and all. */
function Slider({ max, value, onChange }: { max: number; value: number; onChange: (value: number) => void }) {
  const { t, points } = useReading();
  const last = Math.ceil(max / WHOLE_POINT);
  const place = value === max ? last : Math.floor(value / WHOLE_POINT);
  return (
    <input
      className="slider"
      type="range"
      min={0}
      max={last}
      step={1}
      value={place}
      disabled={max === 0}
      aria-label={t('sale.spendSlider')}
      aria-valuetext={points(value)}
      style={{ '--filled': `${last === 0 ? 0 : (place * 100) / last}%` } as React.CSSProperties}
      onChange={(event) => onChange(Math.min(event.target.valueAsNumber * WHOLE_POINT, max))}
    />
  );
}

function sliderChoice(value: number, max: number, entry: EntryStyle): SpendChoice {
  if (value === 0) return { kind: 'none' };
  return value === max ? { kind: 'all' } : { kind: 'own', text: fromMinor(value, entry) };
}
