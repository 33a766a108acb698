package com.ventros.crm.mail.flow;

import com.ventros.crm.events.DueWork;
import com.ventros.crm.events.Roles;
import com.ventros.crm.mail.SendLetters;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Has letters sent as they become due. One under way at a stop is sent once more after its lease, with a new link. */
@Component
class LetterSender extends DueWork {

    /** One look into a nearly empty index; whoever waits for a letter does not feel it. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    LetterSender(SendLetters letters, Roles roles) {
        super("letter-sender", PAUSE, letters::runOnce, roles);
    }
}
