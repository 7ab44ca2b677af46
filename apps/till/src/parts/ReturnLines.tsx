import type { TillSaleDetail } from '@tessera/contract';
import { PIECE, sayQuantity } from '../flow/lines.ts';
import { useReading } from '../texts/reading.tsx';
import { Icon } from './Icon.tsx';

/** How much of every line goes back: piece by piece, up to what is left of it. */
export function ReturnLines(props: {
  readonly lines: TillSaleDetail['lines'];
  readonly thousandths: Readonly<Record<string, number>>;
  readonly onChange: (thousandths: Readonly<Record<string, number>>) => void;
}) {
  const { t, money, separators } = useReading();
  return (
    <ul className="lines">
      {props.lines.map(({ id, name, amount, left }, index) => {
        const most = left.quantityThousandths;
        const chosen = props.thousandths[id] ?? 0;
        const set = (next: number) => props.onChange({ ...props.thousandths, [id]: Math.max(0, Math.min(most, next)) });
        const title = name === '' ? t('lines.unnamed', { count: index + 1 }) : name;
        return (
          <li key={id} data-over={most === 0 ? '' : undefined}>
            <span className="line-name">
              {title}
              <small className="hint">
                {most === 0
                  ? t('sales.returned')
                  : `${t('return.left', { left: sayQuantity(most, separators.decimal) })} · ${money(amount)}`}
              </small>
            </span>
            {most === 0 ? null : (
              <span className="stepper">
                <button
                  type="button"
                  aria-label={t('return.less', { name: title })}
                  disabled={chosen === 0}
                  // From everything one step leads back to whole pieces.
                  onClick={() => set(chosen % PIECE === 0 ? chosen - PIECE : chosen - (chosen % PIECE))}
                >
                  <Icon name="minus" />
                </button>
                <output>{sayQuantity(chosen, separators.decimal)}</output>
                <button
                  type="button"
                  aria-label={t('return.more', { name: title })}
                  disabled={chosen >= most}
                  onClick={() => set(chosen + PIECE)}
                >
                  <Icon name="plus" />
                </button>
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
