import type { Tenant } from '../../platform/database/index.ts';
import { BatchRaced, type BringInto, type Brought, type BroughtGuest, bringGuests } from '../loyalty/index.ts';
import { type ImportsPlatform, linesOf, readingFacts } from './check-import.ts';
import type { CsvLine } from './csv-file.ts';
import { addResults, EMPTY_RESULT, type Problem, type ProblemCode, type RunResult } from './model.ts';
import { createLineReader } from './read-line.ts';
import {
  advanceImport,
  askForWork,
  deleteParts,
  type ImportRow,
  insertRejects,
  moveImport,
  type Reject,
} from './store.ts';

const BATCH = 500;
/** After so long a job ends and asks for the next one, so that a stopping process waits for no import. */
const SLICE_MILLISECONDS = 8_000;
const TRIES_MAX = 5;

class Stopped extends Error {}

/**
 * Works on a run for some seconds, batch by batch: each batch and the note of how far it is are one transaction, so that
 * an import which was interrupted anywhere goes on exactly there. Then it asks for the next slice, or ends the import.
 */
export async function runImport(platform: ImportsPlatform, tenant: Tenant, row: ImportRow): Promise<void> {
  const facts = await readingFacts(platform, tenant, row);
  if (!facts) return;
  const read = createLineReader(facts);
  const end = performance.now() + SLICE_MILLISECONDS;
  let done = row.linesDone;
  let result = row.result ?? EMPTY_RESULT;
  let batch: CsvLine[] = [];
  let passed = 0;
  // The next batch is read while the last one is being written.
  let writing: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    const lines = batch;
    batch = [];
    await writing;
    writing = writeBatch(lines);
    // Whoever awaits it next is told; until then it is nobody's unhandled failure.
    writing.catch(() => {});
  };
  const writeBatch = async (lines: readonly CsvLine[]): Promise<void> => {
    const begun = performance.now();
    const to = done + lines.length;
    const step = (added: RunResult) => ({
      from: done,
      to,
      milliseconds: performance.now() - begun,
      result: addResults(result, added),
    });
    const added = await bringBatch(platform, tenant, { row, facts, read, lines, step });
    result = addResults(result, added);
    done = to;
  };
  try {
    for await (const line of linesOf(tenant, row)) {
      if (passed++ < row.linesDone) continue;
      batch.push(line);
      if (batch.length < BATCH) continue;
      await flush();
      if (performance.now() > end) break;
    }
    if (batch.length > 0) await flush();
    await writing;
  } catch (error) {
    if (error instanceof Stopped) return;
    throw error;
  }
  await goOn(platform, tenant, row, done);
}

async function goOn(platform: ImportsPlatform, tenant: Tenant, row: ImportRow, done: number): Promise<void> {
  const now = platform.clock.now();
  await tenant.transaction(async (transaction) => {
    if (done < row.lines) await askForWork(transaction, row.importId, now);
    else if (await moveImport(transaction, row.importId, ['running'], 'done', {}, now)) {
      await deleteParts(transaction, row.importId);
    }
  });
  platform.wake();
}

type BatchFacts = {
  row: ImportRow;
  facts: BringInto;
  read: ReturnType<typeof createLineReader>;
  lines: readonly CsvLine[];
  step: (added: RunResult) => Parameters<typeof advanceImport>[2];
};

/** Brings one batch, again when another write was first. Throws `Stopped` when the import is no longer to run. */
async function bringBatch(platform: ImportsPlatform, tenant: Tenant, batch: BatchFacts): Promise<RunResult> {
  const { row, facts, read, lines, step } = batch;
  const now = platform.clock.now();
  const { guests, rejects, here } = gather(lines, read);
  for (let tries = 1; ; tries++) {
    try {
      return await tenant.transaction(async (transaction) => {
        const brought = await bringGuests(
          transaction,
          guests.map(({ guest }) => guest),
          { ...facts, now },
        );
        const left = [...rejects, ...rejectsOf(guests, brought)];
        const added = countOf(brought, left.length, here);
        await insertRejects(transaction, row.importId, left);
        if (!(await advanceImport(transaction, row.importId, step(added), now))) throw new Stopped();
        return added;
      });
    } catch (error) {
      if (!(error instanceof BatchRaced) || tries === TRIES_MAX) throw error;
    }
  }
}

type Gathered = { guest: BroughtGuest; lines: CsvLine[] };

/** Guests of a batch, each once, with the lots of all his lines; and lines that cannot be read. */
function gather(
  lines: readonly CsvLine[],
  read: BatchFacts['read'],
): { guests: Gathered[]; rejects: Reject[]; here: number } {
  const guests = new Map<string, Gathered>();
  const rejects: Reject[] = [];
  let here = 0;
  for (const line of lines) {
    const found = read(line.cells);
    if (found.guest === null) {
      rejects.push({ line: line.line, problems: found.problems, cells: line.cells });
      continue;
    }
    const { guest } = found;
    here += found.here;
    const [{ kind, value }] = guest.identifiers;
    const name = `${kind} ${value}`;
    const known = guests.get(name);
    if (!known) guests.set(name, { guest, lines: [line] });
    else {
      const { turnover, level } = known.guest;
      const lots = [...known.guest.lots, ...withoutKnown(guest.lots, known.guest.lots)];
      guests.set(name, {
        guest: { ...known.guest, lots, turnover: turnover ?? guest.turnover, level: level ?? guest.level },
        lines: [...known.lines, line],
      });
    }
  }
  return { guests: [...guests.values()], rejects, here };
}

type Lots = BroughtGuest['lots'];
const withoutKnown = (lots: Lots, known: Lots): Lots => lots.filter(({ key }) => !known.some((one) => one.key === key));

/** Lines that the engine refused, and identifiers that somebody else has. */
function rejectsOf(guests: readonly Gathered[], brought: Brought): Reject[] {
  return brought.guests.flatMap(({ refusal, taken }, index) => {
    const { lines } = guests[index]!;
    const code: ProblemCode = refusal === 'account_blocked' ? 'account_blocked' : 'refused';
    const problems: Problem[] = refusal === null ? [] : [{ column: null, code, value: refusal }];
    const all = [
      ...problems,
      ...taken.map((kind): Problem => ({ column: null, code: 'identifier_taken', value: kind })),
    ];
    if (all.length === 0) return [];
    return lines.map((line) => ({ line: line.line, problems: all, cells: line.cells }));
  });
}

function countOf(brought: Brought, rejected: number, here: number): RunResult {
  const result = { ...EMPTY_RESULT, rejected, repeatedLots: here };
  let points = 0n;
  for (const guest of brought.guests) {
    if (guest.outcome === 'refused') continue;
    result[guest.outcome] += 1;
    result.lots += guest.lots;
    result.repeatedLots += guest.repeated;
    points += guest.points;
  }
  return { ...result, points: String(points) };
}
