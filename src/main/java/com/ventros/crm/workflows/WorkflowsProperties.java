package com.ventros.crm.workflows;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the workers.
 *
 * @param recycleAfter finished runs after which the embedded Temporal starts anew; at 5,000 it holds some 70 MB and
 *                     has not yet slowed down noticeably (233 runs a second at the first 5,000, 88 at 20,000)
 */
@ConfigurationProperties("crm.workflows")
record WorkflowsProperties(@DefaultValue("5000") int recycleAfter) {}
