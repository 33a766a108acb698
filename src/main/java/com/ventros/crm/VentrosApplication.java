package com.ventros.crm;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Ventros CRM. */
@SpringBootApplication
public class VentrosApplication {

    public static void main(String[] args) {
        SpringApplication.run(VentrosApplication.class, args);
    }
}
