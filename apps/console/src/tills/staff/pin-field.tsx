import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from '../tills.module.css';
import { secureRandom, suggestPin } from './pin.ts';

type PinFieldProps = {
  readonly value: string;
  readonly wrong: boolean;
  readonly optional?: boolean;
  readonly onChange: (pin: string) => void;
};

/** A PIN as its giver sees it: it is told to somebody, so it is not hidden, and it is kept nowhere. */
export function PinField({ value, wrong, optional = false, onChange }: PinFieldProps) {
  const { t } = useTranslation('tills');
  return (
    <div className={styles.pin}>
      <TextInput
        size="md"
        label={optional ? t('staff.pinOptional') : t('staff.pin')}
        description={t('staff.pinHint')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        value={value}
        error={wrong && t('staff.pinWrong')}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button variant="subtle" onClick={() => onChange(suggestPin(secureRandom))}>
        {t('staff.suggest')}
      </Button>
    </div>
  );
}
