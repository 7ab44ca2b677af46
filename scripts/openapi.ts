// `node scripts/openapi.ts --write` writes docs/reference/openapi.json from the routes; without --write it only compares.
import { fileURLToPath } from 'node:url';
import { describeHttp } from '../apps/server/test/openapi.ts';
import { withMigratedDatabase, writeOrCompare } from './generated.ts';

const path = fileURLToPath(new URL('../docs/reference/openapi.json', import.meta.url));
await writeOrCompare(path, await withMigratedDatabase(describeHttp));
