package com.ventros.crm.accounts;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What happens to companies, their members and their keys. */
public sealed interface AccountEvent extends DomainEvent {

    @EventType(value = "tenant.opened", description = "A company has begun to use the CRM.")
    record TenantOpened(UUID tenantId, String name) implements AccountEvent {}

    @EventType(value = "project.created", description = "A project has been set up within a company.")
    record ProjectCreated(UUID projectId, String name, String country, String timeZone) implements AccountEvent {}

    @EventType(value = "project.updated",
            description = "A project has another name, country, time zone or session time-out (for channels without one of their own).")
    record ProjectUpdated(UUID projectId, String name, String country, String timeZone, int sessionTimeoutMinutes) implements AccountEvent {}

    @EventType(value = "member.added", description = "A person may sign in from now on, in a role.")
    record MemberAdded(UUID userId, String name, String email, String role) implements AccountEvent {}

    @EventType(value = "member.renamed", description = "A member has another name from now on.")
    record MemberRenamed(UUID userId, String name) implements AccountEvent {}

    @EventType(value = "member.email_changed", description = "A member signs in with another e-mail address from now on.")
    record MemberEmailChanged(UUID userId, String email, String before) implements AccountEvent {}

    @EventType(value = "member.role_changed", description = "A member may do other things from now on.")
    record MemberRoleChanged(UUID userId, String role, String roleName, String before) implements AccountEvent {}

    @EventType(value = "member.deactivated", description = "A member may not sign in any more; all their sign-ins are over.")
    record MemberDeactivated(UUID userId) implements AccountEvent {}

    @EventType(value = "member.reactivated", description = "A member who could not sign in can again, in the role from before.")
    record MemberReactivated(UUID userId, String role) implements AccountEvent {}

    @EventType(value = "member.password_changed", description = "A member has another password; reset says that it was set with a link from a letter.")
    record MemberPasswordChanged(UUID userId, boolean reset) implements AccountEvent {}

    /** {@code address} is that of the network, {@code device} what the browser says it is. */
    @EventType(value = "member.signed_in", description = "A member has signed in, in a browser.")
    record MemberSignedIn(UUID userId, UUID signInId, String address, String device) implements AccountEvent {}

    /** {@code reason} is {@code password}, {@code second_factor} or {@code deactivated}. */
    @EventType(value = "member.sign_in_refused", description = "Somebody tried to sign in as a member, in vain.")
    record MemberSignInRefused(UUID userId, String reason, String address) implements AccountEvent {}

    /** {@code reason} is {@code signed_out}, {@code revoked} or {@code token_reused}; without {@code signInId} all but the one that asked. */
    @EventType(value = "member.signed_out",
            description = "A sign-in of a member is over: by themselves, from another browser, or because its token was copied.")
    record MemberSignedOut(UUID userId, Optional<UUID> signInId, String reason) implements AccountEvent {}

    @EventType(value = "member.second_factor_enabled", description = "A member is asked for codes beside the password from now on.")
    record SecondFactorEnabled(UUID userId) implements AccountEvent {}

    @EventType(value = "member.second_factor_disabled", description = "A member has switched their second factor off.")
    record SecondFactorDisabled(UUID userId) implements AccountEvent {}

    @EventType(value = "member.second_factor_reset", description = "Somebody else has switched a member's second factor off; all their sign-ins are over.")
    record SecondFactorReset(UUID userId) implements AccountEvent {}

    @EventType(value = "member.recovery_code_used", description = "A member has shown a recovery code instead of one of the app.")
    record RecoveryCodeUsed(UUID userId) implements AccountEvent {}

    @EventType(value = "member.recovery_codes_renewed", description = "A member has other recovery codes; those from before open nothing any more.")
    record RecoveryCodesRenewed(UUID userId) implements AccountEvent {}

    @EventType(value = "invitation.created", description = "Somebody may join the team with the link in a letter.")
    record InvitationCreated(UUID invitationId, String email, String role, Instant expiresAt) implements AccountEvent {}

    @EventType(value = "invitation.resent", description = "An invitation has a new letter and a new time to live.")
    record InvitationResent(UUID invitationId, Instant expiresAt) implements AccountEvent {}

    @EventType(value = "invitation.withdrawn", description = "An invitation opens nothing any more.")
    record InvitationWithdrawn(UUID invitationId, String email) implements AccountEvent {}

    @EventType(value = "invitation.accepted", description = "Somebody who was invited has joined the team.")
    record InvitationAccepted(UUID invitationId, UUID userId) implements AccountEvent {}

    @EventType(value = "role.created", description = "A company has put a role together.")
    record RoleCreated(UUID roleId, String name, List<String> permissions) implements AccountEvent {}

    @EventType(value = "role.updated", description = "A company's own role has another name or other permissions, at once for all who have it.")
    record RoleUpdated(UUID roleId, String name, List<String> permissions) implements AccountEvent {}

    @EventType(value = "role.deleted", description = "A role that nobody had is gone.")
    record RoleDeleted(UUID roleId, String name) implements AccountEvent {}

    @EventType(value = "api_key.created", description = "A key for programs has been made; the key itself is told once, to its maker.")
    record ApiKeyCreated(UUID apiKeyId, String name, String prefix, List<String> scopes, Instant expiresAt)
            implements AccountEvent {}

    @EventType(value = "api_key.revoked", description = "A key for programs is of no use from now on.")
    record ApiKeyRevoked(UUID apiKeyId, String name) implements AccountEvent {}
}
