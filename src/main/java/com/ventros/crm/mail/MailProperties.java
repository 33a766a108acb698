package com.ventros.crm.mail;

import java.net.URI;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Needed once {@code spring.mail.host} names a server.
 *
 * @param from      the address that letters come from
 * @param publicUrl where people reach this server, for the links in letters; never taken from a request, which could name
 *                  somebody else's
 */
@ConfigurationProperties("crm.mail")
public record MailProperties(Optional<String> from, Optional<URI> publicUrl) {}
