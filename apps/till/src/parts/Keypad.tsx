import { useReading } from '../texts/reading.tsx';
import { Icon } from './Icon.tsx';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * The page's own keys, large enough for a thumb. They never take the focus, so that Enter goes on meaning «confirm»; a keyboard
 * types without them, hence no tab stops.
 */
export function Keypad<Left extends string>(props: {
  readonly left: { readonly key: Left; readonly label: string; readonly shown: string; readonly disabled?: boolean };
  readonly onKey: (key: Left | '0' | (typeof DIGITS)[number] | 'back') => void;
  readonly disabled?: boolean;
}) {
  const { t } = useReading();
  const { left, onKey, disabled = false } = props;
  return (
    <fieldset className="keypad" disabled={disabled} onPointerDown={(event) => event.preventDefault()}>
      {DIGITS.map((digit) => (
        <button key={digit} type="button" className="key" tabIndex={-1} onClick={() => onKey(digit)}>
          {digit}
        </button>
      ))}
      <button
        type="button"
        className="key"
        tabIndex={-1}
        aria-label={left.label}
        data-word={left.shown.length > 2 ? '' : undefined}
        disabled={left.disabled}
        onClick={() => onKey(left.key)}
      >
        {left.shown}
      </button>
      <button type="button" className="key" tabIndex={-1} onClick={() => onKey('0')}>
        0
      </button>
      <button
        type="button"
        className="key key-quiet"
        tabIndex={-1}
        aria-label={t('key.back')}
        onClick={() => onKey('back')}
      >
        <Icon name="erase" size={28} />
      </button>
    </fieldset>
  );
}
