package com.ventros.crm.accounts.flow;

import com.ventros.crm.accounts.SignIns;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes expired sign-ins and tokens; they are refused anyhow, so nothing depends on when. */
@Component
class ForgetOldSignIns {

    private final SignIns signIns;

    ForgetOldSignIns(SignIns signIns) {
        this.signIns = signIns;
    }

    @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void run() {
        signIns.forgetExpired();
    }
}
