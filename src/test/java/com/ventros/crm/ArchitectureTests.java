package com.ventros.crm;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTests {

    @Test
    void noModuleReachesIntoAnother() {
        ApplicationModules.of(VentrosApplication.class).verify();
    }
}
