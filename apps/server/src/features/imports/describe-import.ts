import type { Import, ImportReject } from '@tessera/contract';
import type { Translate } from '../../platform/texts.ts';
import type { FileFailure, Problem, ProblemCode } from './model.ts';
import type { ImportRow, Reject } from './store.ts';

/** An import in the reader's language. */
export function describeImport(row: ImportRow, t: Translate): Import {
  const { report, result, failure } = row;
  const rate = row.workedMs > 0 && row.linesDone > 0 ? Math.round((row.linesDone * 1_000) / row.workedMs) : null;
  const left = row.lines - row.linesDone;
  return {
    importId: row.importId,
    name: row.name,
    groupId: row.groupId,
    status: row.status,
    columns: row.columns,
    fields: row.fields ? [...row.fields] : null,
    lines: row.lines,
    linesDone: row.linesDone,
    rate,
    secondsLeft: rate === null || rate === 0 || row.status === 'done' ? null : Math.ceil(left / rate),
    report: report && {
      good: report.good,
      bad: report.bad,
      guestsNew: report.guestsNew,
      guestsKnown: report.guestsKnown,
      lots: report.lots,
      points: Number(report.points),
      repeatedLots: report.repeatedLots,
      problems: Object.entries(report.problems)
        .map(([code, lines]) => ({ code, message: t(`server:import.kind.${code}`), lines }))
        .sort((a, b) => b.lines - a.lines),
    },
    result: result && { ...result, points: Number(result.points) },
    failure: failure && { ...failure, message: failureText(failure, t) },
    createdAt: row.createdAt.toString(),
  };
}

const failureText = ({ code, line }: FileFailure, t: Translate): string => t(`server:import.failure.${code}`, { line });

/** A bad line with every problem in a sentence. */
export const describeReject = (
  { line, problems, cells }: Reject,
  columns: readonly string[],
  t: Translate,
): ImportReject => ({
  line,
  problems: problems.map((problem) => ({
    code: problem.code,
    column: problem.column === null ? null : (columns[problem.column] ?? String(problem.column + 1)),
    value: problem.value,
    // What stood in a line that was forgotten cannot be told.
    message: cells.length === 0 ? t(`server:import.kind.${problem.code}`) : problemText(problem, t),
  })),
  cells,
});

const valueNamesKind: ReadonlySet<ProblemCode> = new Set(['identifier_taken']);

function problemText({ code, value }: Problem, t: Translate): string {
  const shown = valueNamesKind.has(code) ? t(`server:import.identifier.${value}`) : value;
  return t(`server:import.problem.${code}`, { value: shown });
}
