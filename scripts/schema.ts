// `node scripts/schema.ts --write` writes schema.sql from the migrations; without --write it only compares.
import { fileURLToPath } from 'node:url';
import { dumpSchema } from '../apps/server/src/platform/database/schema-dump.ts';
import { withMigratedDatabase, writeOrCompare } from './generated.ts';

const path = fileURLToPath(new URL('../apps/server/src/platform/database/schema.sql', import.meta.url));
await writeOrCompare(path, await withMigratedDatabase(dumpSchema));
