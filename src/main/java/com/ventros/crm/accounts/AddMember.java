package com.ventros.crm.accounts;

import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.EmailAddress;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody joins the team of the bound tenant. */
@Component
public class AddMember {

    /** @param role its code */
    public record Command(Principal by, String name, String email, String password, String role) {
        @Override
        public String toString() {
            return "AddMember[" + email + ", " + role + "]";
        }
    }

    private final Members members;
    private final CustomRoles roles;
    private final Passwords passwords;

    AddMember(Members members, CustomRoles roles, Passwords passwords) {
        this.members = members;
        this.roles = roles;
        this.passwords = passwords;
    }

    /** Refused when the address is taken, or the role can do more than the one who adds them. */
    @Transactional
    public UserId handle(Command command) {
        var role = roles.named(command.role());
        members.authority(command.by()).mustCover(role);
        var email = EmailAddress.typed(command.email());
        var user = UserId.create();
        members.add(user, Named.checked("name", command.name()), email, passwords.hash("password", command.password(), email),
                role, Instant.now());
        return user;
    }
}
