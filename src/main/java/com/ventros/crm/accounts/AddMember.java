package com.ventros.crm.accounts;

import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Somebody joins the team of the bound tenant. */
@Component
public class AddMember {

    /** @param by the role of whoever adds them */
    public record Command(String name, String email, String password, Role role, Role by) {
        @Override
        public String toString() {
            return "AddMember[" + email + ", " + role + "]";
        }
    }

    private final Members members;
    private final Passwords passwords;

    AddMember(Members members, Passwords passwords) {
        this.members = members;
        this.passwords = passwords;
    }

    /** Refused when the address is taken, or the role is more than the one who adds them may grant. */
    @Transactional
    public UserId handle(Command command) {
        if (!command.by().mayGrant(command.role())) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "role_too_high", "You cannot give this role.");
        }
        var email = EmailAddress.typed(command.email());
        var user = UserId.create();
        members.add(user, Named.checked("name", command.name()), email, passwords.hash(command.password(), email),
                command.role(), Instant.now());
        return user;
    }
}
