import type { FeatureJobs } from '../../platform/jobs/index.ts';
import { checkImport, type ImportsPlatform } from './check-import.ts';
import { blankOldRejects, cancelForgotten } from './forget.store.ts';
import { LINES_KEPT_DAYS } from './model.ts';
import { runImport } from './run-import.ts';
import { selectImport } from './store.ts';

/** One task for everything that is to be done on an import; its status says what. */
export function importsJobs(platform: ImportsPlatform): FeatureJobs {
  return {
    outbox: {
      import_work: (companyId, payload) => [
        { task: 'work_on_import', companyId, payload, key: `import:${companyId}:${String(payload.importId)}` },
      ],
    },
    tasks: {
      async work_on_import({ importId }, companyId) {
        const tenant = platform.database.tenant(companyId);
        const row = await selectImport(tenant, Number(importId));
        if (row?.status === 'checking') await checkImport(platform, tenant, row);
        if (row?.status === 'running') await runImport(platform, tenant, row);
      },
      async forget_import_lines() {
        const now = platform.clock.now();
        const before = now.subtract({ hours: 24 * LINES_KEPT_DAYS });
        for (const companyId of await platform.directory.companies()) {
          const tenant = platform.database.tenant(companyId);
          const ended = await cancelForgotten(tenant, { before, now });
          if (ended > 0) platform.log.info({ companyId, ended }, 'imports that nobody went on with are over');
          await blankOldRejects(tenant, before);
        }
      },
    },
    everyNight: ['forget_import_lines'],
  };
}
