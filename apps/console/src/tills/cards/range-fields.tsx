import { useTranslation } from 'react-i18next';
import { TextField, TickField } from '../../ui/forms/fields.tsx';
import { Group } from '../../ui/forms/settings-form.tsx';
import type { FieldsOf } from '../../ui/forms/use-settings.ts';
import { FLAGS, type RangeDraft } from './draft.ts';

/** How cards of a range are handed out. */
export function HandingOut({ form }: { readonly form: FieldsOf<RangeDraft> }) {
  const { t } = useTranslation('tills');
  return (
    <Group title={t('cards.handingOut')}>
      {FLAGS.map((flag) => (
        <TickField key={flag} form={form} name={flag} label={t(`cards.flag.${flag}`)} />
      ))}
      <TextField form={form} name="handOutUntil" type="date" label={t('cards.until')} hint={t('cards.untilHint')} />
    </Group>
  );
}
