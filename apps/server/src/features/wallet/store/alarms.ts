import type { TenantTransaction } from '../../../platform/database/index.ts';
import type { ExpirySubject } from '../expiry/expiry-plan.ts';

export type ExpiryAlarm = {
  readonly credentialId: number;
  readonly subject: ExpirySubject;
  readonly notAfter: Temporal.Instant;
  /** Days; 0: it is over. */
  readonly threshold: number;
};

/** Notes an alarm; false when it was noted before. A renewed certificate has another end and so alarms of its own. */
export async function noteAlarm(
  transaction: TenantTransaction,
  alarm: ExpiryAlarm,
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await transaction.query(
    `insert into credential_alarms (company_id, credential_id, subject, not_after, threshold, noted_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning credential_id`,
    [
      transaction.companyId,
      alarm.credentialId,
      alarm.subject,
      alarm.notAfter.toString(),
      alarm.threshold,
      now.toString(),
    ],
  );
  return rows.length > 0;
}
