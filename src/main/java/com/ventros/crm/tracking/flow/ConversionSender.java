package com.ventros.crm.tracking.flow;

import com.ventros.crm.events.DueWork;
import com.ventros.crm.events.Roles;
import com.ventros.crm.tracking.SendConversions;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Has conversions told as they become due. One under way at a stop is told once more after its lease, under the same id. */
@Component
class ConversionSender extends DueWork {

    /** One look into a nearly empty index; nobody waits for it. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    ConversionSender(SendConversions conversions, Roles roles) {
        super("conversion-sender", PAUSE, conversions::runOnce, roles);
    }
}
