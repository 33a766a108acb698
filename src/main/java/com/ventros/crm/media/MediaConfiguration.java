package com.ventros.crm.media;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MediaProperties.class)
class MediaConfiguration {

    @Bean
    MediaStore mediaStore(MediaProperties settings) {
        var folder = new MediaFolder(settings.folder());
        return settings.s3().bucket().isEmpty() ? folder : new MediaBucket(settings.s3(), folder);
    }
}
