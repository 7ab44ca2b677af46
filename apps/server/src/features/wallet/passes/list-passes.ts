import type { PassChoices, PassOperationFilter, PassPage, PassRow } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { fieldGroups } from '../model.ts';
import { selectCredentialNames } from '../store/credentials.ts';
import { selectDesigns } from '../store/designs.ts';
import { type ListedPass, selectPassList } from './list.store.ts';
import type { PassFilter } from './model.ts';

/** What of a company the lists of cards need to know. Given by compose.ts. */
export type NamedLevel = { programmeId: number; programme: string; levelId: string; name: string };
export type ListNames = {
  readonly timeZoneOf: (tenant: Tenant) => Promise<string>;
  readonly levelsOf: (tenant: Tenant) => Promise<readonly NamedLevel[]>;
};

export const ANY_PASS: PassFilter = {
  search: null,
  designId: null,
  credentialId: null,
  voided: null,
  accountId: null,
  createdFrom: null,
  createdTo: null,
  pointsOver: null,
  level: null,
  installed: null,
  platform: null,
  designIds: null,
  credentialIds: null,
  passIds: null,
  agreed: null,
  notChangedBy: null,
};

/** A filter as somebody asks for it, with its days as moments. A day that is none is left out. */
export function readFilter(asked: PassOperationFilter, timeZone: string): PassFilter {
  const { state, installed, search, createdFrom, createdTo, agreed, ...plain } = asked;
  const startOf = (day: string | undefined, plus: number): string | null => {
    const date = day === undefined ? null : readDay(day);
    return date ? date.add({ days: plus }).toZonedDateTime(timeZone).toInstant().toString() : null;
  };
  return {
    ...ANY_PASS,
    ...plain,
    search: search?.trim() || null,
    agreed: agreed === undefined ? null : true,
    voided: state === undefined ? null : state === 'voided',
    installed: installed === undefined ? null : installed === 'yes',
    createdFrom: startOf(createdFrom, 0),
    createdTo: startOf(createdTo, 1),
  };
}

function readDay(text: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** A page of cards, the newest first. */
export async function listPasses(
  tenant: Tenant,
  { filter, before, limit }: { filter: PassFilter; before: number | null; limit: number },
  { levelsOf }: ListNames,
): Promise<PassPage> {
  const { items, next, more } = await selectPassList(tenant, tenant.companyId, { filter, before, limit });
  const levelName = nameOfLevel(await levelsOf(tenant));
  return { items: items.map((row) => tellRow(row, levelName)), next: next === null ? null : String(next), more };
}

/** The name of a level; its id where the rules of today know none. */
export function nameOfLevel(levels: readonly NamedLevel[]): (programmeId: number, level: string) => string {
  const names = new Map(levels.map((level) => [`${level.programmeId} ${level.levelId}`, level.name]));
  return (programmeId, level) => names.get(`${programmeId} ${level}`) ?? level;
}

function tellRow(row: ListedPass, levelName: ReturnType<typeof nameOfLevel>): PassRow {
  const { programmeId, contentVersion: version, lastModified, createdAt, points, level, ...rest } = row;
  return {
    ...rest,
    level: levelName(programmeId, level),
    points: Number(points),
    version,
    updatedAt: lastModified.toString(),
    createdAt: createdAt.toString(),
  };
}

/** What the filters and changes of cards can choose from. */
export async function passChoices(tenant: Tenant, { levelsOf }: ListNames): Promise<PassChoices> {
  const [designs, credentials, levels] = await Promise.all([
    selectDesigns(tenant, tenant.companyId),
    selectCredentialNames(tenant),
    levelsOf(tenant),
  ]);
  return {
    designs: designs.map(({ designId, name, programmeId, credentialId, archivedAt, body }) => ({
      designId,
      name,
      programmeId,
      credentialId,
      archived: archivedAt !== null,
      fields: fieldGroups.flatMap((group) => body.fields[group].map(({ key, label }) => ({ key, group, label }))),
    })),
    credentials,
    levels: [...levels],
  };
}
