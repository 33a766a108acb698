package com.ventros.crm.accounts;

import com.ventros.crm.kernel.Refusal;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Anybody opens a company of their own, on servers where that is switched on. */
@Component
@EnableConfigurationProperties(AccountsProperties.class)
public class SignUp {

    private final OpenTenant openTenant;
    private final SignInThrottle throttle;
    private final AccountsProperties settings;

    SignUp(OpenTenant openTenant, SignInThrottle throttle, AccountsProperties settings) {
        this.openTenant = openTenant;
        this.throttle = throttle;
        this.settings = settings;
    }

    public boolean isOn() {
        return settings.signUp();
    }

    /** Opens a tenant with its owner; refused where it is switched off. */
    public OpenTenant.Opened handle(OpenTenant.Command command, String address) {
        if (!isOn()) throw new Refusal(Refusal.Kind.FORBIDDEN, "sign_up_off", "Nobody signs up here by themselves; ask for an invitation.");
        throttle.count(SignInThrottle.Limit.SIGN_UP, address);
        try {
            return openTenant.handle(command);
        } catch (Refusal refused) {
            // A slip of the pen is no attempt. Whether an address is taken is not to be asked without end.
            if (refused.kind() == Refusal.Kind.INVALID) throttle.takeBack(SignInThrottle.Limit.SIGN_UP, address);
            throw refused;
        }
    }
}
