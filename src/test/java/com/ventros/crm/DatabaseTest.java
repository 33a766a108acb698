package com.ventros.crm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.context.SpringBootTest;

/**
 * A test on the whole program and the real PostgreSQL; every class with it shares one context.
 * They run alone, since many watch their times. A new tenant in each test ({@link TestTenant}) is a clean database: nothing
 * is deleted afterwards.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Isolated
public @interface DatabaseTest {}
