package com.ventros.crm.accounts;

import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks somebody who is signed in for their password once more: a stolen token alone must not change how they get in. */
@Component
class OwnPassword {

    /** Whose it is, and its hash. */
    record Known(UserId user, EmailAddress email, String hash) {}

    private record Row(String email, String hash) {}

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Passwords passwords;
    private final SignInThrottle throttle;

    OwnPassword(JdbcClient db, TransactionTemplate transaction, Passwords passwords, SignInThrottle throttle) {
        this.db = db;
        this.transaction = transaction;
        this.passwords = passwords;
        this.throttle = throttle;
    }

    /**
     * Refused when it is wrong, and counted as a wrong sign-in.
     *
     * @param field   of the request, that holds it
     * @param address the network address they come from
     */
    Known mustBe(Principal caller, String typed, String field, String address) {
        caller.mustBeAUser();
        var row = transaction.execute(_ -> db.sql("select email, password_hash as hash from app_user where id = :id")
                .param("id", caller.id()).query(Row.class).optional()).orElseThrow(() -> Refusal.notFound("user"));
        throttle.attempt(row.email(), address);
        if (!passwords.matches(typed, row.hash())) throw Refusal.invalid(field, "wrong", "This is not your current password.");
        throttle.succeeded(row.email(), address);
        return new Known(new UserId(caller.id()), new EmailAddress(row.email()), row.hash());
    }
}
