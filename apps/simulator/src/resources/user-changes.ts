import type { Firm } from '../model/firm';
import type { UserRecord } from '../model/records';
import type { Commit } from '../store/writes';
import type { World } from '../world';

/** A user is joined to a staff member, or loses access; `firmuser.updated` and the coming and going of users are told. */
export function setUserOfStaff(
  firm: Firm,
  commit: Commit,
  world: World,
  userId: string,
  change: Pick<UserRecord, 'staffId' | 'isFormerUser'>,
): void {
  const before = firm.users.get(userId);
  if (before === undefined) return;
  const user = { ...before, ...change };
  if (before.staffId === user.staffId && before.isFormerUser === user.isFormerUser) return;
  firm.users.put(userId, user);
  const { origin } = commit;
  const { staffId, isFormerUser } = user;
  const payload = { id: userId, staffId, userId, isFormerUser };
  world.dispatcher.raise(firm, { type: 'firmuser.updated', payload, origin });
  if (before.isFormerUser === isFormerUser) return;
  const type = isFormerUser ? 'user.unregistered' : 'user.registered';
  world.dispatcher.raise(firm, { type, payload: { userId, email: user.email }, origin });
}

/** `users.create`: a user that no staff member has yet. */
export function createUser(firm: Firm, commit: Commit, world: World): void {
  const { email, password } = commit.input as { readonly email: string; readonly password: string };
  firm.users.put(commit.id, { id: commit.id, email, password, staffId: '', isFormerUser: false });
  const payload = { userId: commit.id, email };
  world.dispatcher.raise(firm, { type: 'user.registered', payload, origin: commit.origin });
}

/** `users.map`: the user acts as this staff member from now on. */
export function mapUser(firm: Firm, commit: Commit, world: World): void {
  const { userId, staffId } = commit.input as { readonly userId: string; readonly staffId: string };
  const staff = firm.staff.get(staffId);
  if (staff === undefined) return;
  firm.staff.put(staffId, { ...staff, userId, enabled: !staff.former, versionId: world.random.uuid() });
  setUserOfStaff(firm, commit, world, userId, { staffId, isFormerUser: staff.former });
}

/** `users.leave`: a former user, whose staff member is a former one too. */
export function userLeaves(firm: Firm, commit: Commit, world: World): void {
  const user = firm.users.get(commit.id);
  if (user === undefined) return;
  const staff = firm.staff.get(user.staffId);
  if (staff !== undefined) {
    firm.staff.put(staff.id, { ...staff, former: true, enabled: false, versionId: world.random.uuid() });
  }
  setUserOfStaff(firm, commit, world, user.id, { staffId: user.staffId, isFormerUser: true });
}
