import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { PinMode } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import type { FieldsOf } from '../../ui/forms/use-settings.ts';
import { Icon } from '../../ui/icon.tsx';
import { staffQuery } from '../staff/queries.ts';
import { stationsQuery } from '../stations/queries.ts';
import styles from '../tills.module.css';
import { type Draft, type Exception, MODES } from './draft.ts';

type FormProps = { readonly form: FieldsOf<Draft> };
type Named = { readonly id: number; readonly name: string };

/** Tills where another rule holds. */
export function StationExceptions({ form }: FormProps) {
  const { t } = useTranslation('tills');
  const stations = useQuery(stationsQuery()).data?.items ?? [];
  return (
    <Exceptions
      title={t('codes.stations')}
      add={t('codes.addStation')}
      all={stations.map(({ stationId, name }) => ({ id: stationId, name }))}
      exceptions={form.draft.stations}
      onChange={(exceptions) => form.change({ stations: exceptions })}
    />
  );
}

/** People for whom another rule holds, whatever till they stand at. */
export function StaffExceptions({ form }: FormProps) {
  const { t } = useTranslation('tills');
  const staff = useQuery(staffQuery).data?.items ?? [];
  return (
    <Exceptions
      title={t('codes.staff')}
      add={t('codes.addStaff')}
      all={staff.map(({ userId, name }) => ({ id: userId, name }))}
      exceptions={form.draft.staff}
      onChange={(exceptions) => form.change({ staff: exceptions })}
    />
  );
}

type ExceptionsProps = {
  readonly title: string;
  readonly add: string;
  readonly all: readonly Named[];
  readonly exceptions: Exception[];
  readonly onChange: (exceptions: Exception[]) => void;
};

function Exceptions({ title, add, all, exceptions, onChange }: ExceptionsProps) {
  const { t } = useTranslation('tills');
  const nameOf = (id: number): string => all.find((one) => one.id === id)?.name ?? t('codes.gone', { id });
  const left = all.filter(({ id }) => exceptions.every((one) => one.id !== id));
  if (all.length === 0 && exceptions.length === 0) return null;
  return (
    <div className={styles.exceptions}>
      {exceptions.length > 0 && <p className="small quiet">{title}</p>}
      {exceptions.map(({ id, mode }) => (
        <div key={id} className={styles.row}>
          <span className={styles.who}>{nameOf(id)}</span>
          <NativeSelect
            aria-label={nameOf(id)}
            value={mode}
            onChange={(event) => {
              const chosen = event.currentTarget.value as PinMode;
              onChange(exceptions.map((one) => (one.id === id ? { id, mode: chosen } : one)));
            }}
            data={MODES.map((value) => ({ value, label: t(`codes.modes.${value}`) }))}
          />
          <Button
            variant="subtle"
            aria-label={t('codes.remove', { name: nameOf(id) })}
            onClick={() => onChange(exceptions.filter((one) => one.id !== id))}
          >
            <Icon name="close" size={18} />
          </Button>
        </div>
      ))}
      {left.length > 0 && (
        <NativeSelect
          aria-label={add}
          value=""
          onChange={(event) => {
            const id = Number(event.currentTarget.value);
            if (id > 0) onChange([...exceptions, { id, mode: 'never' }]);
          }}
          data={[{ value: '', label: add }, ...left.map(({ id, name }) => ({ value: String(id), label: name }))]}
        />
      )}
    </div>
  );
}
