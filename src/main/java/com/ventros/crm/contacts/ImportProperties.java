package com.ventros.crm.contacts;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What may be imported.
 *
 * @param maxSize largest file: half a million people with a dozen columns
 */
@ConfigurationProperties("crm.contacts.import")
record ImportProperties(@DefaultValue("64MB") DataSize maxSize) {}
