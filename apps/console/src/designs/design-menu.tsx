import { Link } from '@tanstack/react-router';
import type { DesignRow } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RowAction, RowMenu, RowWay } from '../ui/row-menu.tsx';
import { useErrorText } from '../ui/states.tsx';
import { CopyDialog, EditCardDialog, PushDialog, RemoveDialog } from './operations.tsx';
import { useDesignWrite } from './queries.ts';

type DesignMenuProps = { readonly design: DesignRow; readonly all: readonly DesignRow[] };
type Asked = 'card' | 'copy' | 'push' | 'remove';

/** Everything that can be done with a design, beside its name. */
export function DesignMenu({ design, all }: DesignMenuProps) {
  const { t } = useTranslation('designs');
  const [asked, setAsked] = useState<Asked>();
  const textOf = useErrorText();
  const write = useDesignWrite();
  const archive = (): void => {
    const verb = design.archivedAt === null ? 'archive' : 'restore';
    write.mutate({ path: `/designs/${design.designId}/${verb}`, method: 'POST', body: {} });
  };
  const close = (): void => setAsked(undefined);
  // The card's own page would refuse the others.
  const takesCards = design.archivedAt === null && design.credential !== null;
  return (
    <>
      <RowMenu
        label={t('menu.of', { name: design.name })}
        said={write.isError ? { text: textOf(write.error), bad: true } : undefined}
        onForget={write.reset}
      >
        <RowWay>
          <Link to="/designs/$designId" params={{ designId: String(design.designId) }}>
            {t('menu.edit')}
          </Link>
        </RowWay>
        {takesCards && (
          <RowWay>
            <Link to="/passes/new" search={{ designId: String(design.designId) }}>
              {t('menu.addCard')}
            </Link>
          </RowWay>
        )}
        <RowWay>
          <Link to="/campaigns/new" search={{ designId: String(design.designId) }}>
            {t('menu.campaign')}
          </Link>
        </RowWay>
        <RowAction text={t('menu.editCard')} onPress={() => setAsked('card')} />
        <RowAction text={t('menu.copy')} onPress={() => setAsked('copy')} />
        <RowAction text={t('menu.push')} onPress={() => setAsked('push')} />
        <RowAction text={design.archivedAt === null ? t('menu.archive') : t('menu.restore')} onPress={archive} />
        <RowAction text={t('menu.remove')} onPress={() => setAsked('remove')} dangerous />
      </RowMenu>
      {asked === 'card' && <EditCardDialog design={design} onClose={close} />}
      {asked === 'copy' && <CopyDialog design={design} onClose={close} />}
      {asked === 'push' && <PushDialog design={design} onClose={close} />}
      {asked === 'remove' && <RemoveDialog design={design} all={all} onClose={close} />}
    </>
  );
}
