import type { PhoneReportList } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import type { Reader } from './describe-credential.ts';
import { selectReports } from './store/reports.ts';

/** So many days are told of, today (UTC) being the last. */
const DAYS = 30;

/** What phones reported in the last days, each with what it means and what to do. */
export async function describeReports(
  tenant: Tenant,
  now: Temporal.Instant,
  { t }: Pick<Reader, 't'>,
): Promise<PhoneReportList> {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  const since = today.subtract({ days: DAYS - 1 });
  const reports = await selectReports(tenant, tenant.companyId, since);
  return {
    since: since.toString(),
    items: reports.map((report) => ({
      kind: report.kind,
      passTypeIdentifier: report.passTypeIdentifier,
      meaning: t(`server:phoneReport.${report.kind}.meaning`),
      advice: t(`server:phoneReport.${report.kind}.advice`),
      wording: report.wording,
      count: report.count,
      firstAt: report.firstAt.toString(),
      lastAt: report.lastAt.toString(),
      days: [...report.days],
    })),
  };
}
