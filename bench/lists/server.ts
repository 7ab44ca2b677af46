/** Our server in a process of its own: `server.ts <ground as JSON>`. Says its port and serves until its parent hangs up. */
import type { PushGround } from '../pushes/ground.ts';
import { listen, openServer } from '../server.ts';

const { connectionString, masterKey }: PushGround = JSON.parse(process.argv[2]!);
process.on('disconnect', () => process.exit(0));
process.send?.(await listen(await openServer({ connectionString, masterKey, apns: null, work: true })));
