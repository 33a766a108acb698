package com.ventros.crm.accounts;

import com.ventros.crm.accounts.Invitations.Invitation;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody who was invited joins with the link from their letter; it says to which company, and nothing else does. */
@Component
public class AcceptInvitation {

    /** What somebody sees before they accept. */
    public record Shown(String company, Invitation invitation) {}

    /** What they choose. */
    public record Command(String token, String name, String password, SignIns.Client from) {
        @Override
        public String toString() {
            return "AcceptInvitation[" + name + "]";
        }
    }

    private record Found(TenantId tenant, UUID invitation) {}

    private final JdbcClient system;
    private final TransactionTemplate transaction;
    private final AccountView view;
    private final Invitations invitations;
    private final Members members;
    private final Passwords passwords;
    private final SignIns signIns;

    AcceptInvitation(@Qualifier("system") JdbcClient system, TransactionTemplate transaction, AccountView view,
            Invitations invitations, Members members, Passwords passwords, SignIns signIns) {
        this.system = system;
        this.transaction = transaction;
        this.view = view;
        this.invitations = invitations;
        this.members = members;
        this.passwords = passwords;
        this.signIns = signIns;
    }

    /** What the link invites to; refused when it is unknown, used, withdrawn or too old. */
    public Shown show(String token) {
        var found = find(token);
        return Tenancy.call(found.tenant(), () -> new Shown(view.tenant().name(), read(found)));
    }

    /** Makes the member and signs them in. */
    public SignIns.Tokens accept(Command command) {
        var found = find(command.token());
        var user = UserId.create();
        Tenancy.run(found.tenant(), () -> {
            var name = Named.checked("name", command.name());
            var hash = passwords.hash("password", command.password(), read(found).email());
            Cause.current().by(new Actor(Actor.Kind.USER, user.toString())).run(() -> transaction.executeWithoutResult(_ -> {
                var invitation = read(found);
                invitations.accept(invitation, user, Instant.now());
                members.add(user, name, invitation.email(), hash, invitation.role(), Instant.now());
            }));
        });
        return signIns.begin(found.tenant(), user, command.from());
    }

    private Invitation read(Found found) {
        return invitations.find(found.invitation()).orElseThrow(() -> Refusal.notFound("invitation"));
    }

    /** By the hash, which tells a guesser nothing however long the search takes. */
    private Found find(String token) {
        return system.sql("select tenant_id, id from invitation where hash = :hash and expires_at > now()")
                .param("hash", new BearerToken(token).hash())
                .query((row, _) -> new Found(new TenantId(row.getObject("tenant_id", UUID.class)), row.getObject("id", UUID.class)))
                .optional().orElseThrow(() -> Refusal.notFound("invitation"));
    }
}
