package com.ventros.crm.accounts;

import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.vault.Secrets;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * How the first person gets in: named by the environment at the first start, or on the set-up page. There is no
 * default password. Who opens the page from elsewhere than this machine proves with a code from the server's console
 * that the server is theirs.
 */
@Component
@EnableConfigurationProperties(AdministratorProperties.class)
public class FirstAdministrator {

    private static final Logger log = LoggerFactory.getLogger(FirstAdministrator.class);
    /** Crockford's alphabet: nothing in it is mistaken for something else. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    /** Sixty bits: beyond guessing at the rate that the throttle lets through. */
    private static final int CODE_LENGTH = 12;

    private final OpenTenant openTenant;
    private final AdministratorProperties settings;
    private final SignInThrottle throttle;
    private final boolean loopback;
    private final String code;

    FirstAdministrator(OpenTenant openTenant, AdministratorProperties settings, SignInThrottle throttle,
            Secrets secrets, Environment environment) {
        this.openTenant = openTenant;
        this.settings = settings;
        this.throttle = throttle;
        this.loopback = isLoopback(environment.getProperty("server.address"));
        this.code = code(secrets.derive("set-up code"));
    }

    /** True as long as nobody uses this installation. */
    public boolean isNeeded() {
        return !openTenant.anyTenant();
    }

    /**
     * Whether the set-up code is asked for.
     *
     * @param forwarded the request came through a proxy, so the caller may be anybody although we listen on loopback
     */
    public boolean needsCode(boolean forwarded) {
        return forwarded || !loopback;
    }

    /** Makes the first tenant and its owner; refused without the code where one is needed, and when there is one. */
    public OpenTenant.Opened setUp(OpenTenant.Command command, Optional<String> given, boolean forwarded,
            String address) {
        if (!isNeeded()) throw Refusal.conflict("already_set_up", "This installation already has its administrator.");
        if (needsCode(forwarded)) {
            throttle.attempt("set-up", address);
            if (!isRight(given.orElse(""))) {
                throw new Refusal(Refusal.Kind.FORBIDDEN, "setup_code_wrong",
                        "The set-up code stands in the server's log.");
            }
            throttle.succeeded("set-up", address);
        }
        return openTenant.first(command);
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void takeFromSettings() {
        if (settings.email().isEmpty() || settings.password().isEmpty() || !isNeeded()) return;
        var email = settings.email().get();
        try {
            openTenant.first(new OpenTenant.Command(settings.company(), email.split("@")[0], email,
                    settings.password().get()));
            log.info("{} is the administrator of this installation", email);
        } catch (Refusal refused) {
            // another node may have been faster, which is as good
            if (isNeeded()) {
                throw new IllegalStateException("crm.admin: " + refused.getMessage() + " " + refused.errors());
            }
        }
    }

    /** Last of all: the demo may have opened its shop meanwhile. */
    @EventListener(ApplicationReadyEvent.class)
    void tellHowToBegin() {
        if (isNeeded()) {
            log.info("Nobody uses this installation yet. Open it in a browser to set it up; the set-up code is {}", code);
        }
    }

    String code() {
        return code;
    }

    private boolean isRight(String given) {
        var typed = given.strip().toUpperCase(java.util.Locale.ROOT).replace("-", "");
        return MessageDigest.isEqual(typed.getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
    }

    private static String code(byte[] key) {
        var text = new StringBuilder();
        for (int i = 0; i < CODE_LENGTH; i++) text.append(ALPHABET.charAt(key[i] & 31));
        return text.toString();
    }

    /** Without an address the server listens on every one of the machine's. */
    private static boolean isLoopback(String address) {
        if (address == null || address.isBlank()) return false;
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
