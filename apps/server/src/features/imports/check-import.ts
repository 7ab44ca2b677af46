import type { Tenant } from '../../platform/database/index.ts';
import {
  type BroughtGuest,
  findGroupRules,
  importedLots,
  knownGuests,
  type LoyaltyPlatform,
} from '../loyalty/index.ts';
import type { Companies } from '../tenancy/index.ts';
import { type CsvLine, readCsv, UnreadableFile } from './csv-file.ts';
import { type CheckReport, EMPTY_REPORT, LINES_MAX, type Problem, REJECTS_MAX } from './model.ts';
import { createLineReader, type ReadingFacts } from './read-line.ts';
import { createSeen, type Seen } from './seen.ts';
import { type ImportRow, insertRejects, moveImport, noteChecked, type Reject, readParts } from './store.ts';

export type ImportsPlatform = LoyaltyPlatform & { readonly companies: Companies };

const BATCH = 2_000;

/** What reading the lines of an import needs; null when its group is gone. */
export async function readingFacts(
  platform: ImportsPlatform,
  tenant: Tenant,
  { groupId, fields }: ImportRow,
): Promise<(ReadingFacts & { groupId: number }) | null> {
  const into = await findGroupRules(platform, tenant, groupId);
  if (!into) return null;
  const { country, language } = await platform.companies.of(tenant);
  return { ...into, fields: fields ?? [], country, language, ownTag: ownTagOf(platform, tenant) };
}

/** With what the keys of a company's own exports begin: known to this installation alone, and the same for ever. */
export const ownTagOf = ({ vault }: Pick<LoyaltyPlatform, 'vault'>, { companyId }: Tenant): string =>
  `${vault.keyed('export', String(companyId)).toString('hex').slice(0, 12)}-`;

/** Lines of the file without its heading. */
export async function* linesOf(tenant: Tenant, row: ImportRow): AsyncGenerator<CsvLine> {
  if (!row.format) return;
  let heading = true;
  for await (const line of readCsv(readParts(tenant, row.importId), row.format)) {
    if (heading) heading = false;
    else yield line;
  }
}

/**
 * The dry run: reads the whole file, counts what a run would do, and keeps bad lines with what is wrong. Nothing is
 * written but the report. Ends early when it was cancelled.
 */
export async function checkImport(platform: ImportsPlatform, tenant: Tenant, row: ImportRow): Promise<void> {
  const facts = await readingFacts(platform, tenant, row);
  if (!facts) return;
  const check = createCheck(tenant, facts);
  let batch: CsvLine[] = [];
  let read = 0;
  const flush = async (): Promise<boolean> => {
    const rejects = await check.take(batch);
    await insertRejects(tenant, row.importId, rejects);
    batch = [];
    return noteChecked(tenant, row.importId, read);
  };
  try {
    for await (const line of linesOf(tenant, row)) {
      read += 1;
      if (read > LINES_MAX) throw new UnreadableFile({ code: 'too_many_lines', line: line.line });
      batch.push(line);
      if (batch.length === BATCH && !(await flush())) return;
    }
    if (!(await flush())) return;
    const report = check.report();
    await moveImport(tenant, row.importId, ['checking'], 'checked', { report, lines: read }, platform.clock.now());
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    await moveImport(tenant, row.importId, ['checking'], 'failed', { failure: error.failure }, platform.clock.now());
  }
}

type Check = {
  /** Judges a batch; gives the bad lines that are to be kept. */
  take(lines: readonly CsvLine[]): Promise<Reject[]>;
  report(): CheckReport;
};

function createCheck(tenant: Tenant, facts: ReadingFacts): Check {
  const read = createLineReader(facts);
  const seenGuests = createSeen();
  const seenLots = createSeen();
  const counts = { ...EMPTY_REPORT, problems: {} as Record<string, number> };
  let points = 0n;
  let kept = 0;
  return {
    async take(lines) {
      const rejects: Reject[] = [];
      const reject = (line: CsvLine, problems: Problem[]): void => {
        counts.bad += 1;
        for (const { code } of problems) counts.problems[code] = (counts.problems[code] ?? 0) + 1;
        if (kept++ < REJECTS_MAX) rejects.push({ line: line.line, problems, cells: line.cells });
      };
      const good: { line: CsvLine; guest: BroughtGuest }[] = [];
      for (const line of lines) {
        counts.lines += 1;
        const found = read(line.cells);
        const { guest, problems } = found;
        if (found.guest !== null) counts.repeatedLots += found.here;
        const repeated = guest === null ? null : repeatedIn(guest, line, seenLots);
        if (guest === null) reject(line, problems);
        else if (repeated !== null) reject(line, [{ column: null, code: 'repeated', value: String(repeated) }]);
        else good.push({ line, guest });
      }
      const names = good.map(({ guest }) => guest.identifiers[0]);
      const [known, imported] = await Promise.all([
        knownGuests(tenant, tenant.companyId, facts.programmeId, names),
        importedLots(
          tenant,
          tenant.companyId,
          good.flatMap(({ guest }) => guest.lots.map(({ key }) => key)),
        ),
      ]);
      for (const { line, guest } of good) {
        const [{ kind, value }] = guest.identifiers;
        const found = known.get(`${kind} ${value}`);
        if (found?.account?.state.blocked) {
          reject(line, [{ column: null, code: 'account_blocked', value: '' }]);
          continue;
        }
        counts.good += 1;
        const isFirst = seenGuests.note(hashOf(kind, value), 0) === null;
        if (isFirst && found?.account) counts.guestsKnown += 1;
        else if (isFirst) counts.guestsNew += 1;
        for (const { key, amount } of guest.lots) {
          if (imported.has(key)) counts.repeatedLots += 1;
          else {
            counts.lots += 1;
            points += amount;
          }
        }
      }
      return rejects;
    },
    report: () => ({ ...counts, points: String(points) }),
  };
}

/** The line that has brought one of these lots already; its own number when it brings the same lot twice itself. */
function repeatedIn(guest: BroughtGuest, { line }: CsvLine, seen: Seen): number | null {
  let repeated: number | null = null;
  for (const { key } of guest.lots) repeated ??= seen.note(key, line);
  return repeated;
}

/** Sixteen hexadecimal digits of a name: FNV-1a over its characters, twice with different beginnings. */
function hashOf(kind: string, value: string): string {
  const text = `${kind} ${value}`;
  let first = 0x811c9dc5;
  let second = 0x050c5d1f;
  for (let place = 0; place < text.length; place++) {
    first = Math.imul(first ^ text.charCodeAt(place), 0x01000193);
    second = Math.imul(second ^ text.charCodeAt(text.length - 1 - place), 0x01000193);
  }
  return (first >>> 0).toString(16).padStart(8, '0') + (second >>> 0).toString(16).padStart(8, '0');
}
