package com.ventros.crm.accounts;

import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The first administrator, for installations that are set up without a browser. Read once, while there is no tenant.
 *
 * @param email    {@code CRM_ADMIN_EMAIL}
 * @param password {@code CRM_ADMIN_PASSWORD}
 * @param company  {@code CRM_ADMIN_COMPANY}
 */
@ConfigurationProperties("crm.admin")
record AdministratorProperties(
        Optional<String> email, Optional<String> password, @DefaultValue("Minha empresa") String company) {

    @Override
    public String toString() {
        return "AdministratorProperties[" + email + "]";
    }
}
