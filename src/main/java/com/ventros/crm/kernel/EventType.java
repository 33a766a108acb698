package com.ventros.crm.kernel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The public name, version and meaning of a {@link DomainEvent} record: its entry in the event catalogue. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {

    /** Name as published, {@code <aggregate>.<what happened>}, for instance {@code contact.created}. */
    String value();

    /** Version of the record's shape, from 1. */
    int version() default 1;

    /** One sentence for the catalogue. */
    String description();
}
