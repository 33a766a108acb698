package com.ventros.crm.channels.waha;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Settings of everything that talks with WAHA, and the clock of its sweepers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WahaProperties.class)
@EnableScheduling
class WahaConfiguration {

    /** Right behind the filter that names the request. */
    @Bean
    FilterRegistrationBean<WahaDoor> wahaDoor(DoorChannels channels, RawDeliveries deliveries, WahaProperties settings,
            MeterRegistry meters) {
        var registration = new FilterRegistrationBean<>(new WahaDoor(channels, deliveries, settings, meters));
        registration.addUrlPatterns(WahaDoor.PATH + "*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    Translator translator() {
        return new Translator();
    }
}
