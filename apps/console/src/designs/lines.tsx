import { Button } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import forms from '../ui/forms/forms.module.css';
import parts from './parts.module.css';
import { idOf } from './problem-place.ts';

type LinesProps<Line> = {
  /** Of the list in the body of the design. */
  readonly path: string;
  readonly title: string;
  readonly hint?: ReactNode;
  readonly add: string;
  readonly most: number;
  readonly lines: readonly Line[];
  readonly empty: Line;
  readonly onChange: (edit: (before: readonly Line[]) => readonly Line[]) => void;
  readonly children: (line: Line, set: (part: Partial<Line>) => void, index: number) => ReactNode;
  readonly aside?: ReactNode;
};

/** A list that is written line by line: places, beacons, dates, links, actions. */
export function Lines<Line>(props: LinesProps<Line>) {
  const { t } = useTranslation('designs');
  const { path, title, hint, add, most, lines, empty, onChange, children, aside } = props;
  const box = useRef<HTMLFieldSetElement>(null);
  const set =
    (index: number) =>
    (part: Partial<Line>): void =>
      onChange((before) => before.map((line, at) => (at === index ? { ...line, ...part } : line)));
  const append = (): void => {
    onChange((before) => [...before, empty]);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('li:last-of-type input')?.focus());
  };
  const remove = (index: number): void => {
    onChange((before) => before.filter((_, at) => at !== index));
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('[data-add]')?.focus());
  };
  return (
    <fieldset ref={box} className={forms.group} id={idOf(path)} tabIndex={-1}>
      <legend>{title}</legend>
      {hint && <p className={parts.note}>{hint}</p>}
      <ol className={parts.lines}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing of their own to be known by
          <li key={index} className={parts.line} id={idOf(`${path}/${index}`)} tabIndex={-1}>
            <div className={parts.lineFields}>{children(line, set(index), index)}</div>
            <Button
              className="flush"
              size="xs"
              variant="subtle"
              aria-label={t('line.removeOf', { number: index + 1, list: title })}
              onClick={() => remove(index)}
            >
              {t('line.remove')}
            </Button>
          </li>
        ))}
      </ol>
      <div className={parts.buttons}>
        {lines.length < most && (
          <Button data-add size="sm" variant="default" onClick={append}>
            {add}
          </Button>
        )}
        {aside}
      </div>
    </fieldset>
  );
}
