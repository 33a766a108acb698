/**
 * The first minute: a shop whose simulated customers write on WhatsApp, and a colleague who answers some of them. Only
 * in the profile {@code demo}, and only on the embedded database.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Demo")
package com.ventros.crm.demo;
