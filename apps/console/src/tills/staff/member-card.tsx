import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { StaffMember, StaffRole } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/company.ts';
import { useFormat } from '../../app/format.ts';
import { serverClock } from '../../app/server-clock.ts';
import { PanelForm, Question } from '../../ui/forms/panel-form.tsx';
import { Mark } from '../../ui/mark.tsx';
import styles from '../tills.module.css';
import { isPin } from './pin.ts';
import { PinField } from './pin-field.tsx';
import { useStaffWrite } from './queries.ts';

type Open = 'pin' | 'change' | 'block';
type MemberProps = { readonly member: StaffMember };
type PanelProps = MemberProps & { readonly onClose: () => void };

/** One of the staff, and what the reader may do with him: owners everything, managers the PINs of cashiers and their own. */
export function MemberCard({ member }: MemberProps) {
  const { t } = useTranslation('tills');
  const { user } = useSession();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const self = user.id === member.userId;
  const owner = user.role === 'owner';
  const mayPin = !member.blocked && (owner || self || member.role === 'cashier');
  return (
    <li className={member.blocked ? `${styles.card} ${styles.off}` : styles.card}>
      <div className={styles.head}>
        <h2>{member.name}</h2>
        <State member={member} />
      </div>
      <p className="small quiet">
        {t(`role.${member.role}`)} · {member.email ?? t('staff.pinOnly')}
      </p>
      {open === null && (
        <div className={styles.ways}>
          {mayPin && (
            <Button variant="default" onClick={() => setOpen('pin')}>
              {member.hasPin ? t('staff.newPin') : t('staff.givePin')}
            </Button>
          )}
          {owner && !member.blocked && (
            <Button variant="default" onClick={() => setOpen('change')}>
              {t('staff.change')}
            </Button>
          )}
          {owner && !self && (
            <Button variant="subtle" className={styles.apart ?? ''} onClick={() => setOpen('block')}>
              {member.blocked ? t('staff.unblock') : t('staff.block')}
            </Button>
          )}
        </div>
      )}
      {open === 'pin' && <NewPin member={member} onClose={close} />}
      {open === 'change' && <Change member={member} self={self} onClose={close} />}
      {open === 'block' && <Block member={member} onClose={close} />}
    </li>
  );
}

function State({ member }: MemberProps) {
  const { t } = useTranslation('tills');
  const format = useFormat();
  const { blocked, hasPin, pinLockedUntil } = member;
  if (blocked) return <Mark tone="bad">{t('staff.blocked')}</Mark>;
  if (pinLockedUntil !== null && Date.parse(pinLockedUntil) > serverClock.now()) {
    return <Mark tone="warning">{t('staff.locked', { time: format.time(pinLockedUntil) })}</Mark>;
  }
  return <Mark tone={hasPin ? 'good' : 'quiet'}>{hasPin ? t('staff.hasPin') : t('staff.noPin')}</Mark>;
}

function NewPin({ member, onClose }: PanelProps) {
  const { t } = useTranslation('tills');
  const [pin, setPin] = useState('');
  const [asked, setAsked] = useState(false);
  const write = useStaffWrite();
  const set = (value: string | null): void =>
    write.mutate({ do: 'change', userId: member.userId, body: { pin: value } }, { onSuccess: onClose });
  const submit = (): void => {
    setAsked(true);
    if (isPin(pin)) set(pin);
  };
  const takeAway = member.hasPin && member.email !== null && (
    <Button size="md" variant="subtle" disabled={write.isPending} onClick={() => set(null)}>
      {t('staff.takePin')}
    </Button>
  );
  return (
    <PanelForm
      label={t('staff.newPin')}
      action={t('staff.setPin')}
      cancel={t('cancel')}
      busy={write.isPending}
      error={write.error}
      onSubmit={submit}
      onCancel={onClose}
      aside={takeAway}
    >
      <PinField value={pin} wrong={asked && !isPin(pin)} onChange={setPin} />
    </PanelForm>
  );
}

function Change({ member, self, onClose }: PanelProps & { readonly self: boolean }) {
  const { t } = useTranslation('tills');
  const [name, setName] = useState(member.name);
  const [role, setRole] = useState<StaffRole>(member.role);
  const write = useStaffWrite();
  const submit = (): void => {
    if (name.trim() === '') return;
    const body = { name: name.trim(), ...(role === member.role ? {} : { role }) };
    write.mutate({ do: 'change', userId: member.userId, body }, { onSuccess: onClose });
  };
  return (
    <PanelForm
      label={t('staff.change')}
      action={t('save')}
      cancel={t('cancel')}
      busy={write.isPending}
      error={write.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        size="md"
        label={t('staff.name')}
        maxLength={60}
        autoComplete="off"
        value={name}
        error={name.trim() === '' && t('staff.nameWrong')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {!self && (
        <NativeSelect
          size="md"
          label={t('staff.role')}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as StaffRole)}
          data={(['cashier', 'manager', 'owner'] as const).map((value) => ({ value, label: t(`role.${value}`) }))}
        />
      )}
    </PanelForm>
  );
}

function Block({ member, onClose }: PanelProps) {
  const { t } = useTranslation('tills');
  const write = useStaffWrite();
  const { blocked, name, userId } = member;
  return (
    <PanelForm
      label={blocked ? t('staff.unblock') : t('staff.block')}
      action={blocked ? t('staff.unblock') : t('staff.block')}
      cancel={t('cancel')}
      busy={write.isPending}
      error={write.error}
      onSubmit={() => write.mutate({ do: 'change', userId, body: { blocked: !blocked } }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <Question>{blocked ? t('staff.askUnblock', { name }) : t('staff.askBlock', { name })}</Question>
      {!blocked && <p className="small quiet">{t('staff.aboutBlock')}</p>}
    </PanelForm>
  );
}
