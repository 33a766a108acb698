package com.ventros.crm.tenancy;

import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the program logs in to the database beside the owner of {@code spring.datasource}.
 *
 * @param appPassword    password of {@code crm_app}; derived from the owner's when not set
 * @param systemPassword password of {@code crm_system}; derived from the owner's when not set
 * @param appPool        connections for tenants' work; 16 measured best on two cores (8 and 32 were slower)
 * @param systemPool     connections for the relay, the queues and sweepers
 */
@ConfigurationProperties("crm.database")
public record DatabaseProperties(
        Optional<String> appPassword,
        Optional<String> systemPassword,
        @DefaultValue("16") int appPool,
        @DefaultValue("12") int systemPool) {}
