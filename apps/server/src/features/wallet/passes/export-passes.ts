import { CSV_BYTE_ORDER_MARK, type CsvCell, type CsvStyle, csvRow } from '../../../platform/csv.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import type { Translate } from '../../../platform/texts.ts';
import { POINTS_SCALE } from '../model.ts';
import { type ListedPass, selectPassList } from './list.store.ts';
import { type ListNames, nameOfLevel } from './list-passes.ts';
import type { PassFilter } from './model.ts';

const BATCH = 500;

const COLUMNS = [
  'serial',
  'passDesign',
  'passType',
  'passName',
  'phone',
  'level',
  'points',
  'passState',
  'passApple',
  'passAndroid',
  'passGoogle',
  'passLink',
  'passCreated',
] as const;

type Telling = { t: Translate; style: CsvStyle; timeZone: string; publicUrl: string };

/** The cards that a filter fits as a file, some hundred at a time however many there are. */
export async function* exportPasses(
  tenant: Tenant,
  filter: PassFilter,
  { levelsOf }: Pick<ListNames, 'levelsOf'>,
  telling: Telling,
): AsyncGenerator<string> {
  const { t, style } = telling;
  const head = COLUMNS.map((column) => t(`server:export.${column}`));
  yield CSV_BYTE_ORDER_MARK + csvRow(head, style);
  const levelName = nameOfLevel(await levelsOf(tenant));
  let before: number | null = null;
  do {
    const page: Awaited<ReturnType<typeof selectPassList>> = await selectPassList(tenant, tenant.companyId, {
      filter,
      before,
      limit: BATCH,
      foundMax: null,
    });
    const text = page.items.map((row) => csvRow(cellsOf(row, levelName, telling), style)).join('');
    if (text !== '') yield text;
    before = page.next;
  } while (before !== null);
}

function cellsOf(row: ListedPass, levelName: ReturnType<typeof nameOfLevel>, { t, timeZone, publicUrl }: Telling) {
  const made = row.createdAt.toZonedDateTimeISO(timeZone).toPlainDate().toString();
  const cells: CsvCell[] = [
    row.serial,
    row.designName,
    row.passTypeIdentifier,
    row.guestName,
    row.phone ?? '',
    levelName(row.programmeId, row.level),
    { minor: row.points, scale: POINTS_SCALE },
    t(`server:export.pass.${row.voided ? 'voided' : 'active'}`),
    row.appleDevices,
    row.androidDevices,
    row.google ? t('server:export.yes') : '',
    `${publicUrl}/c/${row.guid}`,
    made,
  ];
  return cells;
}
