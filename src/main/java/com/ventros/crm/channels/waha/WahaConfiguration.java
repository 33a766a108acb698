package com.ventros.crm.channels.waha;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Settings of everything that talks with WAHA, and the clock of its sweepers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WahaProperties.class)
@EnableScheduling
class WahaConfiguration {

    @Bean
    Translator translator() {
        return new Translator();
    }
}
