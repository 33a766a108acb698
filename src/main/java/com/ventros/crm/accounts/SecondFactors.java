package com.ventros.crm.accounts;

import com.ventros.crm.accounts.SignInThrottle.Limit;
import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.vault.SealedColumn;
import com.ventros.crm.vault.Secrets;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The codes that people of the bound tenant show beside their password, once they have set that up. */
@Component
public class SecondFactors {

    /** Sheets of paper have room for more; nobody loses as many phones. */
    static final int RECOVERY_CODES = 10;
    private static final String ISSUER = "Ventros CRM";
    /** Before the first code was taken. */
    private static final long NEVER = -1;

    /** What the app needs; shown until it is confirmed and never again. */
    public record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment[hidden]";
        }
    }

    /** Whether codes are asked for, since when, and how many recovery codes are left. */
    public record State(boolean on, Optional<Instant> since, int recoveryCodesLeft) {}

    private record Row(byte[] secret, Optional<Instant> confirmedAt, long lastStep) {}

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Secrets secrets;
    private final Members members;
    private final OwnPassword ownPassword;
    private final SignIns signIns;
    private final SignInThrottle throttle;

    SecondFactors(JdbcClient db, TransactionTemplate transaction, Secrets secrets, Members members, OwnPassword ownPassword,
            SignIns signIns, SignInThrottle throttle) {
        this.db = db;
        this.transaction = transaction;
        this.secrets = secrets;
        this.members = members;
        this.ownPassword = ownPassword;
        this.signIns = signIns;
        this.throttle = throttle;
    }

    @Bean
    static SealedColumn sealedFactors() {
        return new SealedColumn("second_factor", "user_id", "secret", (_, user) -> context(new UserId(user)));
    }

    @Transactional(readOnly = true)
    public State of(UserId user) {
        var since = row(user, "").flatMap(Row::confirmedAt);
        if (since.isEmpty()) return new State(false, since, 0);
        return new State(true, since, db.sql("select count(*) from recovery_code where user_id = :user and used_at is null")
                .param("user", user.value()).query(Integer.class).single());
    }

    /** Makes a secret for the app; nothing is asked for before it is confirmed. */
    public Enrolment enrol(Principal caller, String password, String address) {
        var known = ownPassword.mustBe(caller, password, "password", address);
        var secret = Totp.secret();
        transaction.executeWithoutResult(_ -> {
            var kept = db.sql("""
                    insert into second_factor as f (tenant_id, user_id, secret, created_at)
                    values (:tenant, :user, :secret, now())
                    on conflict (tenant_id, user_id) do update set secret = excluded.secret, created_at = excluded.created_at
                     where f.confirmed_at is null
                    """)
                    .param("tenant", Tenancy.current().value()).param("user", known.user().value())
                    .param("secret", secrets.encrypt(secret, context(known.user()))).update();
            if (kept == 0) throw Refusal.conflict("second_factor_on", "It is on already; switch it off before you set it up anew.");
        });
        var text = Totp.base32(secret);
        return new Enrolment(text, "otpauth://totp/" + encoded(ISSUER + ":" + known.email()) + "?secret=" + text + "&issuer="
                + encoded(ISSUER));
    }

    /** The app's first code switches it on; the recovery codes are told this once. */
    public List<String> confirm(Principal caller, String code) {
        caller.mustBeAUser();
        var user = new UserId(caller.id());
        throttle.count(Limit.CODE, user.toString());
        var codes = transaction.execute(_ -> {
            var row = row(user, "for update").filter(one -> one.confirmedAt().isEmpty())
                    .orElseThrow(() -> Refusal.conflict("second_factor_not_begun", "There is nothing to confirm; begin by making a secret."));
            if (!take(user, row, code.replace(" ", ""))) throw wrong();
            db.sql("update second_factor set confirmed_at = now() where user_id = :user").param("user", user.value()).update();
            members.tell(user, new AccountEvent.SecondFactorEnabled(user.value()), Instant.now());
            return newCodes(user);
        });
        throttle.forgive(Limit.CODE, user.toString());
        return codes;
    }

    /** Other recovery codes; the ones before open nothing any more. */
    public List<String> renewCodes(Principal caller, String password, String code, String address) {
        var user = ownPassword.mustBe(caller, password, "password", address).user();
        mustBeRight(user, code);
        return transaction.execute(_ -> {
            if (row(user, "for update").flatMap(Row::confirmedAt).isEmpty()) throw off(); // by an administrator, meanwhile
            members.tell(user, new AccountEvent.RecoveryCodesRenewed(user.value()), Instant.now());
            return newCodes(user);
        });
    }

    /** Switches it off; takes both proofs. */
    public void disable(Principal caller, String password, String code, String address) {
        var user = ownPassword.mustBe(caller, password, "password", address).user();
        mustBeRight(user, code);
        transaction.executeWithoutResult(_ -> {
            remove(user);
            members.tell(user, new AccountEvent.SecondFactorDisabled(user.value()), Instant.now());
        });
    }

    /** Switches it off for somebody who has lost phone and paper, and ends all their sign-ins. */
    @Transactional
    public void reset(Principal by, UserId user) {
        var member = members.find(user);
        members.authority(by).mustCover(member.role());
        if (!remove(user)) throw off();
        members.tell(user, new AccountEvent.SecondFactorReset(user.value()), Instant.now());
        signIns.endAll(user, SignIns.End.FACTOR_RESET);
    }

    boolean isOn(UserId user) {
        return transaction.execute(_ -> row(user, "")).flatMap(Row::confirmedAt).isPresent();
    }

    /** A code of the app or a recovery code, each good once; a wrong one is counted. */
    boolean isRight(UserId user, String typed) {
        throttle.count(Limit.CODE, user.toString());
        var plain = typed.replace(" ", "");
        var right = transaction.execute(_ -> row(user, "for update").filter(row -> row.confirmedAt().isPresent())
                .filter(row -> plain.matches("\\d{6}") ? take(user, row, plain) : takeRecovery(user, RecoveryCode.typed(typed)))
                .isPresent());
        if (right) throttle.forgive(Limit.CODE, user.toString());
        return right;
    }

    /** Asks for a code where that is on. */
    void mustBeShown(UserId user, Optional<String> typed) {
        if (!isOn(user)) return;
        var code = typed.orElseThrow(() -> Refusal.invalid("code", "required", "Send the code of your app, or a recovery code, as well."));
        if (!isRight(user, code)) throw wrong();
    }

    private void mustBeRight(UserId user, String typed) {
        if (!isOn(user)) throw off();
        if (!isRight(user, typed)) throw wrong();
    }

    /** The row is locked, so that of two who show one code at once the second sees that it was taken. */
    private boolean take(UserId user, Row row, String code) {
        var step = Totp.stepOf(code, secrets.decrypt(row.secret(), context(user)), Instant.now(), row.lastStep());
        return step.isPresent() && db.sql("update second_factor set last_step = :step where user_id = :user")
                .param("step", step.getAsLong()).param("user", user.value()).update() == 1;
    }

    private boolean takeRecovery(UserId user, RecoveryCode code) {
        var used = db.sql("update recovery_code set used_at = now() where user_id = :user and hash = :hash and used_at is null")
                .param("user", user.value()).param("hash", code.hash()).update();
        if (used == 1) members.tell(user, new AccountEvent.RecoveryCodeUsed(user.value()), Instant.now());
        return used == 1;
    }

    private List<String> newCodes(UserId user) {
        db.sql("delete from recovery_code where user_id = :user").param("user", user.value()).update();
        var codes = IntStream.range(0, RECOVERY_CODES).mapToObj(_ -> RecoveryCode.create()).toList();
        db.sql("""
                insert into recovery_code (tenant_id, user_id, hash) select :tenant, :user, unnest(:hashes::bytea[])
                """)
                .param("tenant", Tenancy.current().value()).param("user", user.value())
                .param("hashes", codes.stream().map(RecoveryCode::hash).toArray(byte[][]::new)).update();
        return codes.stream().map(RecoveryCode::text).toList();
    }

    private boolean remove(UserId user) {
        return db.sql("delete from second_factor where user_id = :user and confirmed_at is not null")
                .param("user", user.value()).update() == 1;
    }

    private Optional<Row> row(UserId user, String lock) {
        return db.sql("select secret, confirmed_at, last_step from second_factor where user_id = :user " + lock)
                .param("user", user.value())
                .query((row, _) -> new Row(row.getBytes("secret"),
                        Optional.ofNullable(row.getObject("confirmed_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                        Optional.ofNullable(row.getObject("last_step", Long.class)).orElse(NEVER))).optional();
    }

    private static Refusal wrong() {
        return Refusal.invalid("code", "wrong", "This code is wrong, or was used already.");
    }

    private static Refusal off() {
        return Refusal.conflict("second_factor_off", "No second factor is on.");
    }

    private static String context(UserId user) {
        return "second-factor:" + user;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
