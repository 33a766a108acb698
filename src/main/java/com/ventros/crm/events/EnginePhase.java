package com.ventros.crm.events;

import org.springframework.context.SmartLifecycle;

/** The order in which the engines start; they stop in the reverse one. All come before the web server's. */
final class EnginePhase {

    static final int NODES = SmartLifecycle.DEFAULT_PHASE - 10_000;
    static final int BROKER = NODES + 1;
    static final int CONSUMERS = NODES + 2;
    static final int RELAY = NODES + 3;

    private EnginePhase() {}
}
