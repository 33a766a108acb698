/**
 * Files that messages carry: kept once for each tenant, under a hash of what they hold.
 *
 * <p>Start with {@link com.ventros.crm.media.KeepMedia}.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Media",
        allowedDependencies = {"kernel", "tenancy", "http"})
package com.ventros.crm.media;
