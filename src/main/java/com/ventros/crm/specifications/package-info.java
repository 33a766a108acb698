/**
 * What somebody looks for, as a value: conditions on fields, combined with and, or and not.
 *
 * <p>A {@link com.ventros.crm.specifications.Specification} is read from JSON, asked in Java whether it accepts
 * something, and turned into SQL; the two agree on everything. It knows no table: whoever owns the things that are
 * looked for says which {@link com.ventros.crm.specifications.Field}s they have and where each is kept.
 */
@org.springframework.modulith.ApplicationModule(displayName = "Specifications", allowedDependencies = {"kernel"})
package com.ventros.crm.specifications;
