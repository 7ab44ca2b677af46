import { NewStaffMember, StaffChange, StaffList, StaffMember, StaffParams } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import { type Authorize, type Http, sendRefusal } from '../../../platform/http/index.ts';
import { addStaff, changeStaff, listStaff } from './keep-staff.ts';

const tags = ['staff'];
const url = '/api/v1/staff';

/** The console's /api/v1/staff. */
export function staffMemberRoutes(
  http: Http,
  { platform, authorize }: { platform: Platform; authorize: Authorize },
): void {
  http.get(url, { schema: { tags, response: { 200: StaffList } } }, async (request, reply) => {
    const actor = await authorize(request, 'tills.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return { items: await listStaff(platform, actor.value.tenant) };
  });

  http.post(url, { schema: { tags, body: NewStaffMember, response: { 200: StaffMember } } }, async (request, reply) => {
    const actor = await authorize(request, 'staff.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const added = await addStaff(platform, actor.value.tenant, request.body);
    return added.ok ? added.value : (sendRefusal(request, reply, added.refusal) as never);
  });

  http.patch(
    `${url}/:userId`,
    { schema: { tags, params: StaffParams, body: StaffChange, response: { 200: StaffMember } } },
    async (request, reply) => {
      const { userId } = request.params;
      const pinAlone = Object.keys(request.body).every((name) => name === 'pin');
      const actor = await authorize(request, pinAlone ? 'staff.pins' : 'staff.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const changed = await changeStaff(platform, actor.value.tenant, actor.value, { userId, ...request.body });
      return changed.ok ? changed.value : (sendRefusal(request, reply, changed.refusal) as never);
    },
  );
}
