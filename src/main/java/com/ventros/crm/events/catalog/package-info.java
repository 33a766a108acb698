/** Every event type there is, with its version, meaning and JSON schema; start with {@link Catalogue}. */
@org.springframework.modulith.NamedInterface("catalog")
package com.ventros.crm.events.catalog;
