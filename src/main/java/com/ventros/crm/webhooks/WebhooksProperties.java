package com.ventros.crm.webhooks;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param allowPrivateAddresses whether endpoints may live at loopback and private addresses, and be called without TLS
 *                              there; off, since whoever names an endpoint could otherwise reach the server's neighbours
 * @param timeout               longest wait for an endpoint's answer; Standard Webhooks recommends 15 to 30 s
 */
@ConfigurationProperties("crm.webhooks")
public record WebhooksProperties(@DefaultValue("false") boolean allowPrivateAddresses, @DefaultValue("15s") Duration timeout) {}
