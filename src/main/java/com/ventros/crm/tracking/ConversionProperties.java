package com.ventros.crm.tracking;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param metaUrl Meta's Graph API with its version, which Meta supports for about two years
 * @param timeout longest wait for its answer; it usually takes less than a second
 */
@ConfigurationProperties("crm.tracking")
public record ConversionProperties(@DefaultValue("https://graph.facebook.com/v24.0") URI metaUrl, @DefaultValue("15s") Duration timeout) {}
