import { NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import type { NewStaffMember, StaffRole } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PanelForm } from '../../ui/forms/panel-form.tsx';
import { useKept } from '../../ui/kept.ts';
import { isPin } from './pin.ts';
import { PinField } from './pin-field.tsx';
import { useStaffWrite } from './queries.ts';

type Typed = { name: string; role: StaffRole; email: string };
const EMPTY: Typed = { name: '', role: 'cashier', email: '' };

/** Somebody new: a cashier by name and PIN, others with a way into the console beside it. */
export function NewMemberForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('tills');
  const kept = useKept('staff.new', EMPTY);
  // Secrets are not kept anywhere.
  const [pin, setPin] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const write = useStaffWrite();
  const { name, role, email } = kept.value;
  const office = role !== 'cashier';
  const withEmail = office && email.trim() !== '';
  const wrong = {
    name: name.trim() === '',
    email: office && ((role === 'owner' && !withEmail) || (withEmail && !/^\S+@\S+\.\S+$/.test(email.trim()))),
    password: withEmail && password.length < 8,
    pin: pin === '' ? !withEmail : !isPin(pin),
  };
  const close = (): void => {
    kept.forget();
    onClose();
  };
  const submit = (): void => {
    setAsked(true);
    if (Object.values(wrong).some(Boolean)) return;
    const body: NewStaffMember = {
      name: name.trim(),
      role,
      ...(withEmail ? { email: email.trim(), password } : {}),
      ...(pin === '' ? {} : { pin }),
    };
    write.mutate({ do: 'add', body }, { onSuccess: close });
  };
  return (
    <PanelForm
      label={t('staff.new')}
      action={t('staff.add')}
      cancel={t('cancel')}
      busy={write.isPending}
      error={write.error}
      onSubmit={submit}
      onCancel={close}
    >
      <TextInput
        size="md"
        label={t('staff.name')}
        description={t('staff.nameHint')}
        maxLength={60}
        autoComplete="off"
        value={name}
        error={asked && wrong.name && t('staff.nameWrong')}
        onChange={(event) => kept.change({ name: event.currentTarget.value })}
      />
      <NativeSelect
        size="md"
        label={t('staff.role')}
        value={role}
        onChange={(event) => kept.change({ role: event.currentTarget.value as StaffRole })}
        data={(['cashier', 'manager', 'owner'] as const).map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      {office && (
        <>
          <TextInput
            size="md"
            type="email"
            label={t('staff.email')}
            description={t('staff.emailHint')}
            maxLength={254}
            autoComplete="off"
            value={email}
            error={asked && wrong.email && t('staff.emailWrong')}
            onChange={(event) => kept.change({ email: event.currentTarget.value })}
          />
          <PasswordInput
            size="md"
            label={t('staff.password')}
            maxLength={1024}
            autoComplete="new-password"
            value={password}
            error={asked && wrong.password && t('staff.passwordWrong')}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </>
      )}
      <PinField value={pin} wrong={asked && wrong.pin} optional={withEmail} onChange={setPin} />
    </PanelForm>
  );
}
