import { TextInput } from '@mantine/core';
import type { CouponProgrammes } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import type { FieldsOf } from '../../ui/forms/use-settings.ts';
import table from '../../ui/table.module.css';
import styles from '../tills.module.css';
import { codeOf, type Draft } from './draft.ts';

type LevelCodesProps = { readonly form: FieldsOf<Draft>; readonly programmes: CouponProgrammes['items'] };
const NONE = { discount: '', bonus: '' };

/** What r_keeper calls each level: a code of its reference of discounts, and one of bonuses. */
export function LevelCodes({ form, programmes }: LevelCodesProps) {
  const { t } = useTranslation('tills');
  const { levels } = form.draft;
  const type = (id: string, part: Partial<typeof NONE>): void =>
    form.change({ levels: { ...levels, [id]: { ...(levels[id] ?? NONE), ...part } } });
  const field = (id: string, level: string, name: keyof typeof NONE) => (
    <TextInput
      aria-label={`${level}: ${t(`rKeeper.levels.${name}`)}`}
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      value={levels[id]?.[name] ?? ''}
      error={codeOf(levels[id]?.[name] ?? '') === null}
      onChange={(event) => type(id, { [name]: event.currentTarget.value })}
    />
  );
  return programmes.map((programme) => (
    <table key={programme.programmeId} className={`${table.table} ${styles.codes}`}>
      <thead>
        <tr>
          <th scope="col">{programmes.length > 1 ? programme.name : t('rKeeper.levels.level')}</th>
          <th scope="col">{t('rKeeper.levels.discount')}</th>
          <th scope="col">{t('rKeeper.levels.bonus')}</th>
        </tr>
      </thead>
      <tbody>
        {programme.levels.map(({ id, name }) => (
          <tr key={id}>
            <td className={table.lead}>{name}</td>
            <td>{field(id, name, 'discount')}</td>
            <td>{field(id, name, 'bonus')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  ));
}
