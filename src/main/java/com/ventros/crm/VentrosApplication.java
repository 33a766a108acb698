package com.ventros.crm;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts Ventros CRM. */
@SpringBootApplication
@EnableScheduling
public class VentrosApplication {

    public static void main(String[] args) {
        SpringApplication.run(VentrosApplication.class, args);
    }
}
