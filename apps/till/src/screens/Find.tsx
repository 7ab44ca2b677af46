import { useEffect, useRef, useState } from 'react';
import { toMinor } from '../flow/amount-entry.ts';
import type { Flow } from '../flow/flow.ts';
import type { Till } from '../flow/use-till.ts';
import { Choices } from '../parts/Choices.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Keypad } from '../parts/Keypad.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useReading } from '../texts/reading.tsx';

type FindFlow = Extract<Flow, { step: 'find' }>;

/** «Найти гостя»: one field for a phone in any form or a card's code. */
export function Find(props: {
  readonly flow: FindFlow;
  readonly till: Till;
  readonly entry: 'comma' | 'terminal';
  /** Null where this device cannot scan. */
  readonly onScan: (() => void) | null;
  /** A guest without a card. */
  readonly onNewGuest: () => void;
}) {
  const { flow, till, onScan } = props;
  const reader = useReading();
  const { t } = reader;
  const input = useRef<HTMLInputElement>(null);
  const [letters, setLetters] = useState(false);
  useEffect(() => input.current?.focus(), []);
  const write = (query: string) => till.dispatch({ type: 'query', query });
  const press = (key: string) => {
    if (key === 'letters') {
      setLetters(!letters);
      input.current?.focus();
    } else write(key === 'back' ? flow.query.slice(0, -1) : `${flow.query}${key}`.slice(0, 200));
  };
  const kept = toMinor(flow.amount, props.entry);
  return (
    <form
      className="screen find"
      data-problem={flow.problem === null ? undefined : ''}
      onSubmit={(event) => {
        event.preventDefault();
        till.find(flow.query);
      }}
    >
      <div className="column column-read">
        <h1 className="title">{t('find.title')}</h1>
        <label className="label" htmlFor="query">
          {t('find.field')}
        </label>
        <div className="query">
          <input
            ref={input}
            id="query"
            data-query
            value={flow.query}
            onChange={(event) => write(event.target.value)}
            // The page has its own digits; the system's keyboard comes only for letters.
            inputMode={letters ? 'text' : 'none'}
            autoComplete="off"
            autoCapitalize="characters"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="search"
            maxLength={200}
            aria-describedby="query-hint"
          />
          {flow.query === '' ? null : (
            <button type="button" className="in-field" aria-label={t('find.clear')} onClick={() => write('')}>
              <Icon name="close" />
            </button>
          )}
        </div>
        {flow.problem === null ? (
          <p className="hint" id="query-hint">
            {kept > 0 ? t('find.keptAmount', { amount: reader.money(kept) }) : t('find.hint')}
          </p>
        ) : (
          <Notice tone={flow.problem.kind === 'refused' ? 'bad' : 'unsure'} hint={hintFor(flow.problem.code, t)}>
            {reader.problem(flow.problem)}
          </Notice>
        )}
      </div>
      <div className="column column-act">
        {flow.choices === null ? (
          <Keypad
            left={{
              key: 'letters',
              label: t(letters ? 'find.digits' : 'find.letters'),
              shown: letters ? '123' : t('find.lettersKey'),
            }}
            onKey={press}
          />
        ) : (
          <Choices
            choices={flow.choices}
            busy={flow.busy}
            onChoose={(accountId) => till.choose(flow.query, accountId)}
          />
        )}
        <div className="row row-actions">
          {onScan === null ? null : (
            <button type="button" className="button button-plain button-scan" data-scan onClick={onScan}>
              <Icon name="scan" />
              <span>{t('find.scan')}</span>
            </button>
          )}
          <button
            type="button"
            className="button button-plain button-icon"
            data-newcomer
            aria-label={t('newcomer.title')}
            title={t('newcomer.title')}
            onClick={props.onNewGuest}
          >
            <Icon name="newcomer" />
          </button>
          <button type="submit" className="button button-main" disabled={flow.busy || flow.query.trim() === ''}>
            {flow.busy ? t('find.searching') : t('find.submit')}
          </button>
        </div>
      </div>
    </form>
  );
}

function hintFor(code: string, t: ReturnType<typeof useReading>['t']): string | undefined {
  if (code === 'account_not_found') return t('find.notFoundHint');
  return code === 'invalid_phone' ? t('find.phoneHint') : undefined;
}
