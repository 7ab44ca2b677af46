import { useSuspenseQuery } from '@tanstack/react-query';
import type { Session } from '@tessera/contract';
import { sessionQuery } from '../api/queries.ts';

/** Who is signed in and for which company. Only inside the rooms: the door has loaded it already. */
export const useSession = (): Session => useSuspenseQuery(sessionQuery).data;
