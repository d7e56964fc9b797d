import { Query, Resolver } from 'type-graphql';
import { permissionTexts } from '../../kernel/words/permission-texts.ts';
import { Allow, AllowPublic, Permission, permissionsOf, roles } from '../../kernel/permission.ts';
import { PermissionInfo, Role, RoleName } from './role.types.ts';

/** From the lowest to the highest. */
const builtIn: readonly Role[] = [{ name: RoleName.USER, legacyRole: roles.user }, { name: RoleName.ADMIN, legacyRole: roles.admin }, { name: RoleName.ROOT, legacyRole: roles.root }]
  .map(({ name, legacyRole }) => ({ name, legacyRole, permissions: permissionsOf(legacyRole) }));

const infos: readonly PermissionInfo[] = Object.values(Permission).map((permission) =>
  ({ permission, description: permissionTexts[permission], legacyRole: builtIn.find(({ permissions }) => permissions.includes(permission))!.legacyRole }));

@Resolver()
export class RoleResolver {
  @AllowPublic()
  @Query(() => [PermissionInfo], { description: 'Every right that the schema names: the same on each instance of this version.' })
  permissions(): readonly PermissionInfo[] {
    return infos;
  }

  @Allow(Permission.USER_READ)
  @Query(() => [Role], { description: 'What each role may do.' })
  roles(): readonly Role[] {
    return builtIn;
  }
}
