package com.ventros.crm.billing.flow;

import com.ventros.crm.billing.OpenAccount;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A company that begins gets its account. */
@Component
class OnTenantOpened implements EventConsumer {

    private final OpenAccount openAccount;

    OnTenantOpened(OpenAccount openAccount) {
        this.openAccount = openAccount;
    }

    @Override
    public String name() {
        return "billing-accounts";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("tenant.opened");
    }

    /** Finds the account that it opened before. */
    @Override
    public OnReplay onReplay() {
        return new OnReplay.Repeat();
    }

    @Override
    public void handle(List<Envelope> events) {
        events.getFirst().asCause(Actor.system(name())).run(openAccount::handle);
    }
}
