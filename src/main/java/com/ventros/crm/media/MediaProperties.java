package com.ventros.crm.media;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where files are kept, and which.
 *
 * @param folder  of all tenants; several nodes need one that they share
 * @param maxSize largest file, sent or received: WhatsApp's own limit for pictures, films and sound is 16 MB
 */
@ConfigurationProperties("crm.media")
public record MediaProperties(@DefaultValue("data/media") Path folder, @DefaultValue("16MB") DataSize maxSize) {}
