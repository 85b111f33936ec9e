import { CallsController } from './vodia/calls.controller';
import { PairingBoardController } from './pairings/pairing-board.controller';
import { PairingsController } from './vodia/pairings.controller';
import { PublicController } from './vodia/public.controller';
import { TenantController } from './vodia/tenant.controller';

/** What the API serves of this room. */
export const TELEPHONY_CONTROLLERS = [
  PublicController,
  CallsController,
  TenantController,
  PairingsController,
  PairingBoardController,
];
